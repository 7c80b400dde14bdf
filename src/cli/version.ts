declare const __KUBEPROOF_VERSION__: string;

/** The package's version, put in when it is bundled. */
export const VERSION: string = typeof __KUBEPROOF_VERSION__ === "string" ? __KUBEPROOF_VERSION__ : "0.0.0-source";
