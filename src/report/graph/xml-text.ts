import { showControls } from "../visible-text.js";
import { escapeAttribute } from "../xml.js";

/** Text for SVG and HTML, between tags and in attributes in double quotes alike; what cannot be seen is shown. */
export const xmlText = (text: string): string => escapeAttribute(showControls(text)).replaceAll("'", "&#39;");
