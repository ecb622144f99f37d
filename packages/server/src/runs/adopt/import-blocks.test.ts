import { expect, it } from 'vitest'
import { importBlocks } from './import-blocks.ts'

it('writes addresses as expressions and ids as literal text', () => {
  expect(importBlocks([{ address: 'module.n.aws_subnet.this["a"]', id: 'subnet-1' }])).toBe(
    'import {\n  to = module.n.aws_subnet.this["a"]\n  id = "subnet-1"\n}\n',
  )
  expect(importBlocks([{ address: 'a.b', id: 'x"${path.cwd}%{if}' }])).toContain('id = "x\\"$${path.cwd}%%{if}"')
})
