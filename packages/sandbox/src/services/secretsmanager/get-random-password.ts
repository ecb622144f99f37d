import { randomInt } from 'node:crypto'
import type { GetRandomPasswordRequest, GetRandomPasswordResponse } from '@aws-sdk/client-secrets-manager'
import { operation } from '../../kernel/operation.ts'
import { invalidParameter } from './errors.ts'

/** Secrets Manager API Reference, GetRandomPassword. */
const classes = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
}

export const getRandomPassword = operation<GetRandomPasswordRequest, GetRandomPasswordResponse>({
  name: 'GetRandomPassword',
  access: () => [{ action: 'secretsmanager:GetRandomPassword', resource: '*' }],
  handle: (input) => {
    const length = input.PasswordLength ?? 32
    const pools = allowedPools(input)
    const required = (input.RequireEachIncludedType ?? true) ? pools : []
    if (pools.length === 0 || length < required.length)
      throw invalidParameter('The password can not be made of the characters that are left.')
    const all = pools.join('')
    const characters = required.map(anyOf)
    while (characters.length < length) characters.push(anyOf(all))
    return { RandomPassword: shuffled(characters).join('') }
  },
})

function allowedPools(input: GetRandomPasswordRequest): string[] {
  const excluded = new Set(input.ExcludeCharacters ?? '')
  return [
    input.ExcludeLowercase ? '' : classes.lower,
    input.ExcludeUppercase ? '' : classes.upper,
    input.ExcludeNumbers ? '' : classes.digits,
    input.ExcludePunctuation ? '' : classes.punctuation,
    input.IncludeSpace ? ' ' : '',
  ]
    .map((pool) => [...pool].filter((character) => !excluded.has(character)).join(''))
    .filter((pool) => pool !== '')
}

function anyOf(pool: string): string {
  return pool[randomInt(pool.length)] as string
}

function shuffled(characters: string[]): string[] {
  for (let index = characters.length - 1; index > 0; index--) {
    const other = randomInt(index + 1)
    const kept = characters[index] as string
    characters[index] = characters[other] as string
    characters[other] = kept
  }
  return characters
}
