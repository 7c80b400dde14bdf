export const initCommand = () => 2 as const;
