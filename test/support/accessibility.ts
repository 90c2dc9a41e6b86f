import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

interface Search {
  /** A selector of the part that is looked at; default: the page. */
  readonly within?: string
  readonly withoutRules?: readonly string[]
}

/** What axe finds wrong in a page as it stands, each finding in one line. */
export const accessibilityFindings = async (page: Page, { within, withoutRules = [] }: Search = {}) => {
  // All rules are tried on everything, but of what passed nothing is told: to write that down takes most of the time.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (within !== undefined) builder.include(within)
  const { violations } = await builder.disableRules([...withoutRules]).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
