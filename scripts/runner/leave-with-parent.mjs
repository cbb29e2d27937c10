// Loaded into web and worker: when the supervisor is gone, however it went, they stop as if it had asked them to.
// Processes that they fork inherit this file, but have another parent and need their channel to stay alive.
if (process.env.KOLO_SUPERVISOR === String(process.ppid)) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.channel?.unref();
}
