import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Built once into dist/app and served by the API, so that portal and API share one origin. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    sourcemap: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/auth': 'http://127.0.0.1:8080' } },
})
