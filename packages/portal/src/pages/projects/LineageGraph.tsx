import '@xyflow/react/dist/style.css'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { Answer, Api } from '@uais/contract'
import { Background, Controls, ReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { useRead } from '../../api/queries.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { currentMode } from '../../ui/mode.ts'
import { layOut } from './lineage-layout.ts'

type Lineage = Answer<Api['projects.lineage']>

/** From object to endpoint: as a graph to look at and as a table to read, since a graph says nothing to a screen reader. */
export function LineageGraph({ projectId }: { projectId: string }) {
  const lineage = useRead('projects.lineage', { params: { id: projectId } }, 15_000)
  return (
    <Loaded query={lineage}>
      {(data) => (data.nodes.length ? <Graph lineage={data} /> : <Box padding="l">Nothing has been trained yet.</Box>)}
    </Loaded>
  )
}

function Graph({ lineage }: { lineage: Lineage }) {
  const flow = useMemo(() => layOut(lineage), [lineage])
  const labelOf = new Map(lineage.nodes.map((node) => [node.id, node.label]))
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Lineage</Header>}>
        <div className="lineage" aria-hidden="true">
          <ReactFlow
            nodes={flow.nodes}
            edges={flow.edges}
            fitView
            colorMode={currentMode()}
            nodesFocusable={false}
            edgesFocusable={false}
          >
            <Background />
            <Controls showInteractive={false} />
          </ReactFlow>
        </div>
      </Container>
      <div className="resource-table">
        <Table
          header={
            <Header variant="h2" counter={`(${lineage.edges.length})`}>
              Steps
            </Header>
          }
          items={lineage.edges}
          trackBy={(edge) => `${edge.from} ${edge.to} ${edge.relation}`}
          wrapLines
          columnDefinitions={[
            {
              id: 'from',
              header: 'From',
              isRowHeader: true,
              minWidth: 220,
              cell: (edge) => labelOf.get(edge.from) ?? edge.from,
            },
            { id: 'relation', header: 'Step', minWidth: 130, cell: (edge) => edge.relation },
            { id: 'to', header: 'To', minWidth: 220, cell: (edge) => labelOf.get(edge.to) ?? edge.to },
            { id: 'evidence', header: 'Evidence', minWidth: 240, cell: (edge) => edge.evidence },
          ]}
        />
      </div>
    </SpaceBetween>
  )
}
