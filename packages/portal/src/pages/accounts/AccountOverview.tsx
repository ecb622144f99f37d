import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import type { Account } from '@uais/contract'
import { CopyText } from '../../ui/CopyText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { dollars } from '../../ui/money.ts'
import { Phase } from '../../ui/Phase.tsx'
import { rulesInWords } from './rules-in-words.ts'

const approvals = {
  'every-change': 'Every plan with a change',
  'destructive-only': 'Plans that destroy or replace something',
}

/** What was agreed about the account, and, once it is there, what stands in it. */
export function AccountOverview({ account: { spec, status } }: { account: Account }) {
  const { outputs } = status
  const built = outputs.domainId !== undefined
  return (
    <Container header={<Header variant="h2">Overview</Header>}>
      <Facts
        facts={{
          State: <Phase phase={status.phase} />,
          'Guardrail profile': spec.guardrailProfile,
          Enforcement: spec.organization
            ? `Service control policies at ${spec.organization.targetId}`
            : 'Detect and repair: there is no organization',
          'Data owner’s group': <CopyText text={spec.ownerGroup} label="object id of the group" />,
          'Waits for the owner': approvals[spec.approval],
          'Monthly budget': dollars(spec.monthlyBudgetUsd),
          'Break-glass principal': <CopyText text={spec.breakGlassPrincipal} label="role ARN" />,
          'Data-use terms': spec.dataUseTerms || 'None',
          ...(built
            ? {
                'Studio domain': outputs.domainId,
                Network: outputs.vpcId,
                'Data bucket': outputs.dataBucket,
                Key: outputs.keyArn && <CopyText text={outputs.keyArn} label="key ARN" />,
                'Audit trail': outputs.trailArn && <CopyText text={outputs.trailArn} label="trail ARN" />,
              }
            : { Network: plannedNetwork(spec) }),
          ...Object.fromEntries(
            Object.entries(rulesInWords(spec.rules)).map(([label, lines]) => [
              label,
              <Lines key={label} lines={lines} />,
            ]),
          ),
        }}
      />
    </Container>
  )
}

const plannedNetwork = ({ network }: Account['spec']) =>
  network.kind === 'managed' ? `A new private VPC, ${network.cidr}` : network.vpcId
