/** One HTML file: the script and the style are written into it, so that it opens from disk. */

import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Writes every script and style that the page asks for into the page, and nothing beside it. */
function inline(): Plugin {
  return {
    name: "inline",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = Object.values(bundle).find((one) => one.fileName.endsWith(".html"));
      if (page?.type !== "asset") throw new Error("no page was built");
      let html = String(page.source);
      for (const one of Object.values(bundle)) {
        if (one === page) continue;
        const text = one.type === "chunk" ? one.code.replaceAll("</script", "<\\/script") : String(one.source);
        const asked = one.type === "chunk" ? /\s*<script[^>]*src=[^>]*><\/script>/ : /\s*<link[^>]*stylesheet[^>]*>/;
        if (one.type === "chunk") html = html.replace(asked, "").replace("</body>", () => `<script type="module">${text}</script>\n</body>`);
        else html = html.replace(asked, () => `\n<style>${text}</style>`);
        delete bundle[one.fileName];
      }
      page.source = html;
    },
  };
}

export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // The entry that lists its parts, so that only symbols of aircraft are taken.
  resolve: { alias: { milsymbol: here("node_modules/milsymbol/index.mjs") } },
  plugins: [inline()],
  build: {
    outDir: process.env.PAGE_OUT ?? "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    modulePreload: false,
  },
});
