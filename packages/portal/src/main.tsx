import '@cloudscape-design/global-styles/index.css'
import './ui/portal.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/queries.ts'
import { fetchPagesAhead, router } from './router.tsx'
import { applyStoredMode } from './ui/mode.ts'

applyStoredMode()

const root = document.getElementById('root')
if (!root) throw new Error('starting the portal: index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
fetchPagesAhead()
