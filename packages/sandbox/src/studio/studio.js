const $ = (id) => document.getElementById(id)
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text ?? '' })

async function api(path, body) {
  const answer = await fetch(
    `/_studio/api/${path}`,
    body && {
      method: 'POST',
      headers: { 'x-uais-studio': '1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  )
  const value = await answer.json()
  if (!answer.ok) throw new Error(`${value.code}: ${value.message}`)
  return value
}

function table(headings, rows) {
  const result = element('table')
  const head = result.createTHead().insertRow()
  for (const heading of headings) head.append(Object.assign(element('th', heading), { scope: 'col' }))
  const body = result.createTBody()
  for (const cells of rows) {
    const row = body.insertRow()
    for (const cell of cells) row.insertCell().append(cell)
  }
  return result
}

async function showData() {
  const { listings } = await api('data')
  const uris = []
  $('listings').replaceChildren(
    ...listings.flatMap(({ title, uri, objects, refused }) => {
      uris.push(...objects.map((object) => object.uri))
      const rows = objects.map((object) => [object.uri, `${object.bytes.toLocaleString('en')} bytes`])
      const content = refused
        ? element('p', `Refused: ${refused}`)
        : rows.length
          ? table(['Object', 'Size'], rows)
          : element('p', 'Nothing yet.')
      return [element('h3', `${title} (${uri})`), content]
    }),
  )
  $('uris').replaceChildren(...uris.map((uri) => Object.assign(element('option'), { value: uri })))
}

async function showJobs() {
  const { jobs } = await api('jobs')
  const rows = jobs.map((job) => [
    job.name,
    job.failure ? `${job.status}: ${job.failure}` : job.status,
    job.metrics.map((metric) => `${metric.name} ${metric.value.toPrecision(4)}`).join(', '),
    job.status === 'Completed' ? registerButton(job.name) : '',
  ])
  $('job-list').replaceChildren(
    rows.length ? table(['Job', 'State', 'Metrics', 'Model'], rows) : element('p', 'None yet.'),
  )
  return jobs.some((job) => job.status === 'InProgress' || job.status === 'Stopping')
}

function registerButton(trainingJobName) {
  const button = Object.assign(element('button', 'Publish to the registry'), { type: 'button' })
  button.setAttribute('aria-label', `Publish the model of ${trainingJobName}`)
  button.addEventListener('click', () =>
    tell(
      async () =>
        `Registered ${(await api('register', { trainingJobName })).modelPackageArn}. It appears on the project page by itself.`,
    ),
  )
  return button
}

async function tell(work) {
  try {
    $('message').textContent = await work()
  } catch (error) {
    $('message').textContent = error.message
  }
}

async function watchJobs() {
  const running = await showJobs().catch((error) => {
    $('job-list').textContent = error.message
    return false
  })
  setTimeout(watchJobs, running ? 1500 : 8000)
}

$('train-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = Object.fromEntries(new FormData(event.target))
  void tell(async () => {
    const { trainingJobName } = await api('train', form)
    await showJobs()
    return `Started ${trainingJobName}.`
  })
})
$('show-keys').addEventListener('click', () =>
  tell(async () => {
    const keys = await api('credentials')
    $('credentials').hidden = false
    $('credentials').textContent = [
      `export AWS_ACCESS_KEY_ID=${keys.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey}`,
      `export AWS_SESSION_TOKEN=${keys.sessionToken}`,
      `export AWS_REGION=${keys.region}`,
      `export AWS_ENDPOINT_URL=${keys.endpointUrl}`,
    ].join('\n')
    return `Good until ${keys.expiration}.`
  }),
)
showData().catch((error) => {
  $('listings').textContent = error.message
})
void watchJobs()
