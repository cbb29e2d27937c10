export function staleness(root: string): string | undefined;
export function install(root: string): Promise<void>;
export function whyFailed(output: string): string;
