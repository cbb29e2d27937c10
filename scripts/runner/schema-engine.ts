/** Prisma's schema engine as WebAssembly: compares a database with prisma/schema without downloading anything. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool, type QueryArrayConfig, types } from "pg";
import { root } from "./data-folder";

const schemaFolder = path.join(root, "prisma/schema");

/** The SQL that turns the database behind `url` into what prisma/schema says; an empty text when they agree. */
export async function sqlToReachSchema(url: string, folder = schemaFolder): Promise<string> {
  await loadOnce();
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => ({
      path: path.join(folder, name),
      content: readFileSync(path.join(folder, name), "utf8"),
    }));
  const pool = new Pool({ connectionString: url, options: "-c TimeZone=UTC" });
  const adapter = bindMigrationAwareSqlAdapterFactory(understandChar(pool));
  const datamodels = files.map((file): [string, string] => [file.path, file.content]);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: root },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: ["public._prisma_migrations"], externalEnums: [] },
    });
    const sql = stdout?.trim() ?? "";
    return /^-- This is an empty migration\.?$/.test(sql) ? "" : sql;
  } finally {
    engine.free();
    await pool.end();
  }
}

const CHAR = 18;

/**
 * Prisma's pg adapter over a pool, with a word added: the catalogue has columns of PostgreSQL's one-byte type "char",
 * which the adapter takes for an unknown type although the engine that reads them asks for exactly that.
 */
function understandChar(pool: Pool): PrismaPg {
  const places = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool);
  const asText = async (config: QueryArrayConfig) => {
    const result = await query(config);
    const chars = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []));
    for (const index of chars) Object.assign(result.fields[index] ?? {}, { dataTypeID: types.builtins.TEXT });
    places.set(result.rows, chars);
    return result;
  };
  Object.assign(pool, { query: asText });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (question) => {
      const answer = await queryRaw(question);
      for (const index of places.get(answer.rows) ?? []) answer.columnTypes[index] = ColumnTypeEnum.Character;
      return answer;
    };
    return adapter;
  };
  return factory;
}

let loaded: Promise<void> | undefined;

function loadOnce(): Promise<void> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<void> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  // The engine writes its last words here before it aborts.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  const { instance } = await WebAssembly.instantiate(
    readFileSync(path.join(path.dirname(file), "schema_engine_bg.wasm")),
    { "./schema_engine_bg.js": { ...bindings } },
  );
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}
