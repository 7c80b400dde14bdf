/** The page around the drawing. */
export const PAGE_STYLE = `
*{box-sizing:border-box}
html,body{height:100%}
body{margin:0;display:grid;grid-template:auto minmax(0,1fr)/minmax(0,1fr) 25rem;background:var(--ground);color:var(--text);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
header{grid-column:1/-1;display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .75rem;padding:.6rem 1rem;background:var(--card);border-bottom:1px solid var(--line)}
h1{margin:0 .4rem 0 0;font-size:1.05rem;display:flex;align-items:center;gap:.5rem;white-space:nowrap}
.mark{display:grid;place-items:center;width:1.6rem;height:1.6rem;border-radius:.45rem;background:var(--accent);color:var(--card);font-size:.9rem}
.facts{color:var(--soft);margin:0 auto 0 0}
button,input,select{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:.5rem;height:2.1rem;padding:0 .65rem}
button{cursor:pointer}
button:focus-visible,input:focus-visible,select:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
button[aria-pressed=true]{background:var(--error-bg);border-color:var(--error);color:var(--error);font-weight:600}
.search{position:relative}.search input{width:15rem;padding-right:2rem}
kbd{position:absolute;right:.5rem;top:.45rem;font:12px/1.1rem ui-monospace,monospace;padding:0 .35rem;border:1px solid var(--line);border-radius:.3rem;color:var(--soft)}
input:focus+kbd,input:not(:placeholder-shown)+kbd{display:none}
select{max-width:13rem}
main{position:relative;overflow:hidden;min-width:0;touch-action:none}
svg.drawing{width:100%;height:100%;display:block;cursor:grab;user-select:none}
svg.drawing.moving{cursor:grabbing}
.node{cursor:pointer;outline:none}
.node:focus-visible .box{stroke:var(--accent);stroke-width:3}
.node:hover .box{stroke:var(--accent)}
.node.selected .box{stroke:var(--accent);stroke-width:3}
.node.match .box{stroke:var(--accent);stroke-width:2.5}
.dim{opacity:.2}.edge.dim{opacity:.07}
.edge.lit path{stroke:var(--accent);stroke-width:2.2}.edge.lit.missing path{stroke:var(--error)}
.edge.lit text{fill:var(--text);font-weight:600}
.off{display:none}
.compact .edge:not(.lit):not(.missing) path{opacity:.28}
.tools{position:absolute;right:1rem;bottom:1rem;display:flex;gap:.35rem}
.tools button{background:var(--card);min-width:2.1rem}
.legend{position:absolute;left:1rem;bottom:1rem;display:flex;flex-wrap:wrap;gap:.2rem .8rem;margin:0;padding:.4rem .7rem;list-style:none;font-size:12px;color:var(--soft);background:var(--card);border:1px solid var(--line);border-radius:.5rem;max-width:calc(100% - 15rem)}
.legend i{display:inline-block;width:.7rem;height:.7rem;border-radius:.2rem;margin-right:.35rem;vertical-align:-.05rem;background:var(--other)}
${["workload", "network", "configuration", "access", "storage", "policy"].map((f) => `.legend .${f},.dot.${f}{background:var(--${f})!important}`).join("")}
.legend .missing{background:none;border:1.5px dashed var(--error)}
aside{overflow:auto;background:var(--card);border-left:1px solid var(--line);padding:1rem;overflow-wrap:anywhere}
aside h2{font-size:1.05rem;margin:0;display:flex;gap:.5rem;align-items:baseline}
aside h3{font-size:.8rem;margin:1.2rem 0 .35rem;color:var(--soft);font-weight:600}
aside p{margin:.2rem 0}
.soft{color:var(--soft)}.place{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
aside ul{list-style:none;margin:0;padding:0}
aside li{border-radius:.4rem}
.row{display:flex;gap:.5rem;align-items:center;width:100%;height:auto;text-align:left;background:none;border:0;padding:.32rem .4rem}
.row:hover{background:var(--code)}
.row b{font-weight:600}.row span{flex:1;min-width:0}
.dot{flex:none;width:.55rem;height:.55rem;border-radius:50%;background:var(--other)}
.count{flex:none!important;font-size:12px;font-weight:700;padding:0 .45rem;border-radius:1rem}
.count.error{color:var(--error);background:var(--error-bg)}.count.warning{color:var(--warning);background:var(--warning-bg)}
.problem{padding:.55rem .7rem;margin:.35rem 0;border-radius:.45rem;border-left:3px solid var(--line);background:var(--code)}
.problem.error{border-color:var(--error)}.problem.warning{border-color:var(--amber)}
.problem p{margin:.1rem 0}
.actions{display:flex;gap:.4rem;margin:.8rem 0 0}
#empty{position:absolute;inset:40% 0 auto;text-align:center;color:var(--soft)}
[hidden]{display:none!important}
@media(max-width:60rem){body{grid-template:auto minmax(0,1fr) 40%/minmax(0,1fr)}aside{border-left:0;border-top:1px solid var(--line)}.legend{display:none}}
@media print{header button,header input,header select,.tools,aside{display:none}body{display:block}}
`;
