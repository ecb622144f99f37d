import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Outcome, type WireClient, works } from './wire-clients.ts'

const run = promisify(execFile)

const pythonProgram = `
import json, re, sys, boto3
from botocore.config import Config
from botocore.exceptions import ClientError
session, calls = json.load(sys.stdin)
out = []
for call in calls:
    keys = session['credentials'][call['as']]
    client = boto3.client(call['service'], endpoint_url=session['endpoint'], region_name=session['region'],
        aws_access_key_id=keys['accessKeyId'], aws_secret_access_key=keys['secretAccessKey'], aws_session_token=keys['sessionToken'],
        config=Config(retries={'total_max_attempts': 1}))
    method = re.sub(r'(?<=[a-z])(?=[A-Z])', '_', re.sub(r'V2$', '_v2', call['operation'])).lower()
    try:
        getattr(client, method)(**call['input'])
        out.append({'ok': True})
    except ClientError as error:
        out.append({'ok': False, 'code': error.response['Error']['Code'], 'message': error.response['Error']['Message']})
json.dump(out, sys.stdout)
`

const python = ['python3', '/usr/bin/python3'].find((each) => works(each, ['-c', 'import boto3']))

/** boto3, where a Python has it. */
export const boto3: WireClient | undefined = python
  ? async (session, calls) => {
      const child = run(python, ['-W', 'ignore', '-c', pythonProgram], { timeout: 300_000, maxBuffer: 64 * 1024 ** 2 })
      child.child.stdin?.end(
        JSON.stringify([
          { endpoint: session.endpoint, region: session.subjects.region, credentials: session.credentials },
          calls,
        ]),
      )
      return JSON.parse((await child).stdout) as Outcome[]
    }
  : undefined
