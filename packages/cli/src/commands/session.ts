import { PlatformError } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { ask } from '../command.ts'
import { signInByDevice } from '../device-flow.ts'
import { forgetToken, writeToken } from '../sign-in-store.ts'

export function session(program: Command, cli: Cli): void {
  program
    .command('sign-in')
    .description('sign in with Entra ID: open a link, type a code')
    .action(async (_options, command: Command) => {
      const { server, show } = ask(command, cli)
      const { token, expiresAt } = await signInByDevice(server, cli.note)
      writeToken(cli.credentialFile, server, token, expiresAt)
      show({ server, expiresAt }, () => [`signed in at ${server} until ${expiresAt}`])
    })
  program
    .command('sign-out')
    .description('end the sign-in on this machine and on the server')
    .action(async (_options, command: Command) => {
      const { client, server, show } = ask(command, cli)
      const wasSignedIn = await client.call('session.end').then(() => true, notSignedIn)
      forgetToken(cli.credentialFile, server)
      show({ server, wasSignedIn }, () => [
        wasSignedIn ? `signed out at ${server}` : `you were not signed in at ${server}`,
      ])
    })
  program
    .command('whoami')
    .description('who is signed in, and what that person is here')
    .action(async (_options, command: Command) => {
      const { client, show } = ask(command, cli)
      show(await client.call('session.read'), ({ person, platformRoles, ownsAccounts }) => [
        `${person.name} <${person.userPrincipalName}>, object id ${person.oid}`,
        `platform roles: ${platformRoles.join(', ') || 'none'}; owns ${ownsAccounts.length} accounts`,
      ])
    })
}

/** Signing out twice is no fault; a server that does not answer is: the token would live on there. */
function notSignedIn(error: unknown): false {
  if (error instanceof PlatformError && error.code === 'not-signed-in') return false
  throw error
}
