import { PageTitle } from './PageTitle.tsx'

/** What is left when a page itself breaks: plain HTML, since the frame may be what broke. */
export function BrokenPage() {
  return (
    <main className="signed-out" role="alert">
      <PageTitle title="Something went wrong" />
      <h1>Something went wrong</h1>
      <p>The page could not be shown. Nothing was changed by that.</p>
      <p>
        <a href={window.location.href}>Load it again</a>; if it stays, tell the platform team what you were doing.
      </p>
    </main>
  )
}
