import { expect, type RunningApplication } from './application'
import { personAt } from './person'

/** A person before the window of an application with a new connection to a broker on this computer, with these filters. */
export const personOnlineIn = (application: RunningApplication, port: number, filters: readonly string[]) =>
  personOnlineBy(application, [`mqtt://127.0.0.1:${port}`, ...filters.flatMap((filter) => ['--subscribe', filter])])

/** The same as from a second start of the application with these arguments, of which the first hears by this event. */
export const personOnlineBy = async ({ app, page }: RunningApplication, args: readonly string[]) => {
  const tabs = page.getByRole('tablist', { name: 'Open connections' }).getByRole('tab')
  // Tabs of connections that were open are there with the first drawing.
  await expect(page.getByRole('main').first()).toBeVisible()
  const before = await tabs.count()
  const handedOver = { args, password: null }
  await app.evaluate(({ app: main }, data) => main.emit('second-instance', {}, [], '', data), handedOver)
  await expect(tabs).toHaveCount(before + 1)
  await expect(tabs.last()).toHaveAttribute('aria-selected', 'true')
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  return person
}
