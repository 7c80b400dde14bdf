/** https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy */
export const PULL_POLICIES = ["Always", "IfNotPresent", "Never"];
