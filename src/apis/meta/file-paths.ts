import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";

/** No step of a path may lead to the parent folder. */
export const hasBackstep = (path: string): boolean => path.includes("..") && path.split("/").includes("..");

export function checkNoBackstep(path: string, at: FieldPath, errors: FieldErrors): void {
  if (hasBackstep(path)) errors.invalid(at, path, 'has ".." as a step, which leads out of the folder');
}

/** A path below some folder. */
export function checkRelativePath(path: string, at: FieldPath, errors: FieldErrors): void {
  if (path.startsWith("/")) errors.invalid(at, path, "is absolute; a relative path is needed");
  checkNoBackstep(path, at, errors);
}

/** A relative path that does not start with "..", which is kept for the kubelet. */
export function checkUnreservedPath(path: string, at: FieldPath, errors: FieldErrors): void {
  checkRelativePath(path, at, errors);
  if (path.startsWith("..") && !path.startsWith("../")) errors.invalid(at, path, 'starts with ".."');
}
