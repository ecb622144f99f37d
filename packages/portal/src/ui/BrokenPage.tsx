import { PageTitle } from './PageTitle.tsx'

/** What is left when a page breaks, or cannot be fetched: plain HTML, since the frame may be what broke. */
export function BrokenPage() {
  if (!navigator.onLine)
    return (
      <main className="signed-out" role="alert">
        <PageTitle title="Not connected" />
        <h1>You are not connected</h1>
        <p>This page could not be fetched. Nothing was changed by that.</p>
        <p>
          <a href={window.location.href}>Load it again</a> once the connection is back.
        </p>
      </main>
    )
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
