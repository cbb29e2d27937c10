export function staleness(root: string, withTools?: boolean): string | undefined;
export function install(root: string, withTools: boolean): Promise<void>;
export function whyFailed(output: string): string;
