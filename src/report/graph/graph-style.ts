/** Colours by day and by night; checked for a contrast of 4.5:1 or more where they carry text. */
const LIGHT =
  "--ground:#f6f7f9;--card:#fff;--text:#1b1f27;--soft:#5a6372;--line:#dfe3ea;--edge:#8d97a8;--accent:#2456d6;--error:#c0262d;--warning:#8a5a00;--amber:#c98a00;--workload:#2456d6;--network:#1b7a3d;--configuration:#b07400;--access:#6b3fc4;--storage:#0e7f8a;--policy:#b3307a;--other:#6b7485;--on:#fff;--error-bg:#fdecec;--warning-bg:#fdf3da;--code:#f0f2f6";
const DARK =
  "--ground:#12151b;--card:#1a1e26;--text:#e4e8ef;--soft:#9aa4b5;--line:#2c323d;--edge:#5f6a7c;--accent:#85a9ff;--error:#ff8a8a;--warning:#f0bf5a;--amber:#f0bf5a;--workload:#85a9ff;--network:#74d492;--configuration:#f0bf5a;--access:#c3a6ff;--storage:#63d3de;--policy:#ff9ccf;--other:#9aa4b5;--on:#12151b;--error-bg:#3a1d20;--warning-bg:#352a12;--code:#13161c";

/** The palette, following the reader's preference; a page may also set `data-theme` on the root. */
export const PALETTE = `:root{color-scheme:light dark;${LIGHT}}@media(prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark;${DARK}}`;

/** How the elements of a drawing look. */
export const DRAWING_STYLE = `
.drawing text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--text)}
.namespace rect{fill:var(--card);fill-opacity:.55;stroke:var(--line);stroke-width:1.5}
.namespace text{font-size:14px;font-weight:600;fill:var(--soft)}
.block{fill:none;stroke:var(--line);stroke-width:1.2}
.edge path{fill:none;stroke:var(--edge);stroke-width:1.3}
.edge text{font-size:10px;fill:var(--soft);text-anchor:middle;paint-order:stroke;stroke:var(--card);stroke-width:3px}
.edge.missing path{stroke:var(--error);stroke-dasharray:6 4}
.edge.missing text{fill:var(--error)}
path.arrow{fill:var(--edge);stroke:none}path.arrow-missing{fill:var(--error);stroke:none}
.node .box{fill:var(--card);stroke:var(--line);stroke-width:1.5}
.node .kind{font-size:11px;fill:var(--soft)}
.node .name{font-size:13px;font-weight:600}
.node .stripe{fill:var(--other)}
${["workload", "network", "configuration", "access", "storage", "policy"].map((f) => `.node.${f} .stripe{fill:var(--${f})}`).join("")}
.node.error .box{stroke:var(--error);stroke-width:2}.node.warning .box{stroke:var(--amber);stroke-width:2}
.node.missing .box{fill:none;stroke:var(--error);stroke-dasharray:6 4}.node.missing .stripe{fill:none}.node.missing .name{fill:var(--error)}
.badge text{font-size:10.5px;font-weight:700;text-anchor:middle;fill:var(--on)}
.error .badge circle{fill:var(--error)}.warning .badge circle{fill:var(--amber)}
`;
