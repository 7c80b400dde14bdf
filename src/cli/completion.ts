export const completionCommand = () => 2 as const;
