import SpaceBetween from '@cloudscape-design/components/space-between'
import { ChoiceField, TextField } from '../../ui/Field.tsx'
import { FormSection } from '../../ui/FormPage.tsx'
import type { FormState } from '../../ui/use-form.ts'
import type { AccountForm } from './account-form.ts'

/** The account's network and encryption key: made by the platform, or the owner's own. */
export function NetworkAndKeyFields({ form: { values, set, error } }: { form: FormState<AccountForm> }) {
  return (
    <FormSection title="Network and key">
      <ChoiceField
        label="Network"
        description="Never with an internet gateway."
        value={values.network}
        error={error('spec.network')}
        options={[
          { value: 'managed', label: 'A new private VPC', description: 'Private subnets and VPC endpoints only' },
          { value: 'existing', label: 'My own VPC' },
        ]}
        onChange={(v) => set('network', v)}
      />
      {values.network === 'managed' ? (
        <TextField
          label="Address range"
          value={values.cidr}
          error={error('spec.network.cidr')}
          onChange={(v) => set('cidr', v)}
        />
      ) : (
        <OwnNetworkFields values={values} set={set} error={error} />
      )}
      <ChoiceField
        label="Encryption key"
        description="A customer-managed key that the owner administers; the platform cannot decrypt with it."
        value={values.key}
        error={error('spec.key')}
        options={[
          { value: 'created', label: 'Create one in the account' },
          { value: 'existing', label: 'Use the owner’s key' },
        ]}
        onChange={(v) => set('key', v)}
      />
      {values.key === 'existing' && (
        <TextField
          label="Key ARN"
          value={values.keyArn}
          error={error('spec.key.keyArn')}
          onChange={(v) => set('keyArn', v)}
        />
      )}
    </FormSection>
  )
}

/** One element, so that the section gives the fields inside it the distance that it gives all others. */
function OwnNetworkFields({ values, set, error }: Pick<FormState<AccountForm>, 'values' | 'set' | 'error'>) {
  return (
    <SpaceBetween size="l">
      <TextField
        label="VPC id"
        value={values.vpcId}
        error={error('spec.network.vpcId')}
        onChange={(v) => set('vpcId', v)}
      />
      <TextField
        label="Subnet ids"
        description="Separated by commas"
        value={values.subnetIds}
        error={error('spec.network.subnetIds')}
        onChange={(v) => set('subnetIds', v)}
      />
      <TextField
        label="Security group ids"
        description="Separated by commas"
        value={values.securityGroupIds}
        error={error('spec.network.securityGroupIds')}
        onChange={(v) => set('securityGroupIds', v)}
      />
    </SpaceBetween>
  )
}
