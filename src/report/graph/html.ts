import { createHash } from "node:crypto";
import { showControls } from "../visible-text.js";
import { MARGIN, NODE } from "./arrange.js";
import { drawGraph } from "./draw.js";
import { type Graph, gravest } from "./graph.js";
import { DRAWING_STYLE, PALETTE } from "./graph-style.js";
import type { GraphAbout } from "./index.js";
import { familyOf } from "./kind-families.js";
import { PAGE_SCRIPT } from "./page-script.js";
import { PAGE_STYLE } from "./page-style.js";
import { xmlText } from "./xml-text.js";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%232456d6'/%3E%3Cpath d='M4 8.5l3 3 5-7' fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E";
const LEGEND = [
  ["workload", "workloads"],
  ["network", "network"],
  ["configuration", "configuration"],
  ["storage", "storage"],
  ["access", "access"],
  ["policy", "policies and scaling"],
  ["other", "other"],
  ["missing", "not in the input"],
];

/** One page with everything in it, to be opened from disk; its policy lets nothing load and no script run but its own. */
export function graphAsHtml(graph: Graph, about: GraphAbout): string {
  const drawing = drawGraph(graph);
  const style = `${PALETTE}${DRAWING_STYLE}${PAGE_STYLE}`;
  const policy = `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const objects = graph.nodes.filter(({ missing }) => !missing);
  const withProblems = objects.filter(gravest).length;
  const facts = [
    `${objects.length} objects`,
    `${graph.edges.length} references`,
    ...(withProblems > 0 ? [`${withProblems} with problems`] : []),
    `Kubernetes ${about.kubernetesVersion}`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="kubeproof ${xmlText(about.toolVersion)}">
<title>kubeproof: ${objects.length} objects</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body>
<header>
<h1><span class="mark" aria-hidden="true">✓</span>kubeproof graph</h1>
<p class="facts">${facts.map(xmlText).join(" · ")}</p>
<div class="search"><input id="search" type="search" placeholder="Search" aria-label="Search objects by name, kind, file or rule" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></div>
<select id="space" aria-label="Namespace"><option value="">All namespaces</option>${namespaceOptions(graph)}</select>
<select id="kind" aria-label="Kind"><option value="">All kinds</option>${kindOptions(graph)}</select>
<button id="troubled" type="button" aria-pressed="false">Problems only</button>
<button id="theme" type="button" aria-label="Light or dark">◐</button>
</header>
<main>
<svg class="drawing${drawing.compact ? " compact" : ""}" role="group" aria-label="Objects and what refers to what"><g id="view">${drawing.elements}</g></svg>
<p id="empty" hidden>No object passes the filters</p>
<ul class="legend" aria-label="Colours">${LEGEND.map(([family, text]) => `<li><i class="${family}"></i>${text}</li>`).join("")}</ul>
<div class="tools"><button id="out" type="button" aria-label="Zoom out">−</button><button id="in" type="button" aria-label="Zoom in">+</button><button id="fit" type="button">Fit</button></div>
</main>
<aside id="side" aria-live="polite"></aside>
<script type="application/json" id="data">${inScript(dataOf(graph, drawing.places))}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** JSON that can stand in a script element: nothing in it can end the element or begin a comment, or reorder the text. */
const inScript = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === "string" ? showControls(one) : one)).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** What the script knows; places are those of the drawing. */
function dataOf(graph: Graph, places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): unknown {
  const index = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  const outside = new Map<string, object[]>();
  for (const { from, verb, field, line, target } of graph.outsiders) {
    const list = outside.get(from) ?? [];
    outside.set(from, list);
    list.push({ verb, field, line, target });
  }
  return {
    nodes: graph.nodes.map((node) => ({
      kind: node.kind,
      name: node.name,
      namespace: node.namespace,
      api: node.apiVersion,
      family: familyOf(node.kind),
      missing: node.missing,
      selector: node.missing && node.id.includes("="),
      file: node.place?.file,
      line: node.place?.line,
      errors: node.problems.filter(({ severity }) => severity === "error").length,
      warnings: node.problems.filter(({ severity }) => severity === "warning").length,
      problems: node.problems,
      outside: outside.get(node.id) ?? [],
      x: Math.round(places.get(node.id)!.x + MARGIN),
      y: Math.round(places.get(node.id)!.y + MARGIN),
      w: NODE.width,
      h: NODE.height,
    })),
    edges: graph.edges.map(({ from, to, verb, field, line, selector, keys, made, missing }) => ({
      from: index.get(from),
      to: index.get(to),
      verb,
      field,
      line,
      selector,
      keys,
      made,
      missing,
    })),
  };
}

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

/** The value begins with a sign of its own, so that no namespace is not taken for all of them. */
const namespaceOptions = ({ nodes }: Graph): string =>
  sorted(nodes.map(({ namespace }) => namespace))
    .map((namespace) => `<option value="=${xmlText(namespace)}">${xmlText(namespace || "no namespace")}</option>`)
    .join("");

const kindOptions = ({ nodes }: Graph): string =>
  sorted(nodes.map(({ kind }) => kind))
    .map((kind) => `<option value="${xmlText(kind)}">${xmlText(kind)}</option>`)
    .join("");
