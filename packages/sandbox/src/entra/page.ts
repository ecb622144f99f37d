/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const style = `
:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--text:#16191f;--dim:#5f6b7a;--line:#d5dbdb;--act:#0b5cad;--on:#fff}
@media(prefers-color-scheme:dark){:root{--back:#0f1b2a;--card:#192534;--text:#e9ebed;--dim:#a9b4c0;--line:#414d5c;--act:#7cb8f5;--on:#0f1b2a}}
*{box-sizing:border-box}body{margin:0;font:15px/1.45 system-ui,sans-serif;background:var(--back);color:var(--text)}
main{max-width:40rem;margin:2.5rem auto;padding:1.75rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
h1{font-size:1.35rem;margin:0 0 .35rem}h2{font-size:.8rem;letter-spacing:.04em;text-transform:uppercase;color:var(--dim);margin:1.4rem 0 .4rem}
p{margin:.4rem 0;color:var(--dim)}.error{color:#d13212;font-weight:600}@media(prefers-color-scheme:dark){.error{color:#ff8a7a}}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.4rem}
button{font:inherit;cursor:pointer;border-radius:8px;border:1px solid var(--line);padding:.55rem .9rem;background:var(--act);color:var(--on)}
li button{width:100%;display:flex;justify-content:space-between;gap:1rem;text-align:left;background:transparent;color:var(--text)}
li button:hover,li button:focus-visible{border-color:var(--act)}:focus-visible{outline:2px solid var(--act);outline-offset:2px}
small{color:var(--dim)}label{display:block;margin:1rem 0 .3rem}
input[type=search],input[type=text]{font:inherit;padding:.5rem .7rem;border:1px solid var(--line);border-radius:8px;background:var(--back);color:var(--text);width:100%}
.row{display:flex;gap:.5rem}code{font-size:1.6rem;letter-spacing:.15em}`

/** A whole page of the tenant. `body` is HTML that is already safe. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} · sandbox tenant</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main>${body}</main></body></html>`
}

export function messagePage(title: string, text: string, form = ''): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${form}`)
}
