import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { ChoiceField, TextField } from '../../ui/Field.tsx'
import type { FormState } from '../../ui/use-form.ts'
import type { RulesForm } from './rules-form.ts'

type Fields = { form: FormState<RulesForm> }

/** Rules beyond the profile, all optional; open as long as one of them is wrong. */
export function RuleFields({ form }: Fields) {
  const [open, setOpen] = useState(false)
  const tooMuch = form.error('spec.rules')
  return (
    <ExpandableSection
      variant="container"
      headerText="More rules"
      headingTagOverride="h2"
      headerDescription="Optional. What you leave empty stays as the guardrail profile has it."
      expanded={open || form.wrong('spec.rules')}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      <SpaceBetween size="l">
        {tooMuch && <Alert type="error">{tooMuch}</Alert>}
        <WorkFields form={form} />
        <DataFields form={form} />
        <NetworkFields form={form} />
        <WatchFields form={form} />
      </SpaceBetween>
    </ExpandableSection>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <SpaceBetween size="s">
      <Box variant="h3">{title}</Box>
      <ColumnLayout columns={2}>{children}</ColumnLayout>
    </SpaceBetween>
  )
}

function WorkFields({ form: { values, set, error } }: Fields) {
  return (
    <Group title="Instances and cost">
      <TextField
        label="Instance types"
        description="The only ones that may be used, separated by commas. Empty: the profile’s small ones."
        placeholder="ml.m5.large, ml.m5.xlarge"
        value={values.approvedInstanceTypes}
        error={error('spec.rules.approvedInstanceTypes')}
        onChange={(v) => set('approvedInstanceTypes', v)}
      />
      <TextField
        label="Instance types of Studio"
        description="For Studio apps and notebooks, instead of the list above."
        value={values.studioTypes}
        error={error('spec.rules.instanceTypes.studio')}
        onChange={(v) => set('studioTypes', v)}
      />
      <TextField
        label="Instance types of jobs"
        value={values.jobTypes}
        error={error('spec.rules.instanceTypes.jobs')}
        onChange={(v) => set('jobTypes', v)}
      />
      <TextField
        label="Instance types of endpoints"
        value={values.endpointTypes}
        error={error('spec.rules.instanceTypes.endpoints')}
        onChange={(v) => set('endpointTypes', v)}
      />
      <TextField
        label="Longest job, in hours"
        value={values.longestJobHours}
        error={error('spec.rules.maxRuntimeSeconds')}
        onChange={(v) => set('longestJobHours', v)}
      />
      <TextField
        label="Stop at the budget"
        description="E-mail addresses that hear of it. AWS then refuses new work until the next month; needs an organization."
        placeholder="owner@example.com"
        value={values.stopEmails}
        error={error('spec.rules.budgetStop.emails') || error('spec.rules.budgetStop')}
        onChange={(v) => set('stopEmails', v)}
      />
      <TextField
        label="Required tags"
        description="Keys, separated by commas, that everybody must give what costs by the hour."
        placeholder="cost-centre, owner"
        value={values.requiredTags}
        error={error('spec.rules.requiredTags')}
        onChange={(v) => set('requiredTags', v)}
      />
    </Group>
  )
}

function DataFields({ form: { values, set, error } }: Fields) {
  return (
    <Group title="Data">
      <TextField
        label="Buckets for data sources"
        description="Names, separated by commas. Empty: any bucket of the account, each by a request that you see."
        value={values.approvedBuckets}
        error={error('spec.rules.approvedBuckets')}
        onChange={(v) => set('approvedBuckets', v)}
      />
      <TextField
        label="Private links"
        description="Endpoint services, such as Snowflake’s, that the network may be linked to."
        placeholder="com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
        value={values.privateLinks}
        error={error('spec.rules.privateLinkServices')}
        onChange={(v) => set('privateLinks', v)}
      />
    </Group>
  )
}

function NetworkFields({ form: { values, set, error } }: Fields) {
  return (
    <Group title="Network">
      <TextField
        label="Reached from address ranges"
        description="Studio, data and endpoints answer to these only. Name the platform’s own range too: it makes the links to Studio."
        placeholder="192.0.2.0/24"
        value={values.fromRanges}
        error={error('spec.rules.approvedNetworks.cidrs')}
        onChange={(v) => set('fromRanges', v)}
      />
      <TextField
        label="Reached from VPCs"
        value={values.fromVpcs}
        error={error('spec.rules.approvedNetworks.vpcIds')}
        onChange={(v) => set('fromVpcs', v)}
      />
      <TextField
        label="Range of your inspecting proxy"
        description="The only way out of the network. Empty: there is none."
        placeholder="10.60.15.0/28"
        value={values.proxyRange}
        error={error('spec.rules.egressProxy.cidr')}
        onChange={(v) => set('proxyRange', v)}
      />
      <TextField
        label="Port of the proxy"
        placeholder="3128"
        value={values.proxyPort}
        error={error('spec.rules.egressProxy.port')}
        onChange={(v) => set('proxyPort', v)}
      />
    </Group>
  )
}

function WatchFields({ form: { values, set, error } }: Fields) {
  return (
    <Group title="Watching">
      <ChoiceField
        label="AWS Config rules"
        description="They look at what stands in the account, and need a recorder of your own, which AWS charges for."
        value={values.config}
        error={error('spec.rules.config')}
        options={[
          { value: 'no', label: 'None' },
          { value: 'yes', label: 'Yes: the account has a recorder' },
        ]}
        onChange={(v) => set('config', v)}
      />
      <TextField
        label="Splunk address"
        description="Of the HTTP event collector that events are sent to besides the platform."
        placeholder="https://splunk.example.com:8088"
        value={values.splunkUrl}
        error={error('spec.rules.splunk.url')}
        onChange={(v) => set('splunkUrl', v)}
      />
      <TextField
        label="Splunk index"
        value={values.splunkIndex}
        error={error('spec.rules.splunk.index')}
        onChange={(v) => set('splunkIndex', v)}
      />
      <TextField
        label="Secret with the Splunk token"
        description="Its name in your AWS Secrets Manager; never the token itself."
        value={values.splunkSecret}
        error={error('spec.rules.splunk.secret')}
        onChange={(v) => set('splunkSecret', v)}
      />
    </Group>
  )
}
