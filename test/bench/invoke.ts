import type { Page } from '@playwright/test'

interface BridgedWindow {
  readonly bridge: { invoke(name: string, input: unknown): Promise<unknown> }
}
/** Carries a command out for each input, all at once, past the form that a person would use. */
export const invokeAll = (page: Page, name: string, inputs: readonly unknown[]) =>
  page.evaluate(
    ({ command, all }) => {
      const { bridge } = window as unknown as BridgedWindow
      return Promise.all(all.map((input) => bridge.invoke(command, input)))
    },
    { command: name, all: inputs },
  )
