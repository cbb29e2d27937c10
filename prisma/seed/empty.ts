export async function seedEmpty(_url: string, _options: object): Promise<void> {}
