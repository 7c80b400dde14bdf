import { readPattern } from "../../schema/re2-pattern.js";
import { remembered } from "../meta/remembered.js";

/** The patterns of expressions, each read once: a rule asks the same of every object. */
export const patternOf = remembered(readPattern);
