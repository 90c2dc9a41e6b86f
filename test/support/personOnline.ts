import { expect, type Application, type Launch } from './application'
import { personAt } from './person'

/** A person before the window of an application that is connected to a broker on this computer, with these filters. */
export const personOnline = async (launch: Launch, port: number, filters: readonly string[]) => {
  const { page } = await launch({ arguments: argumentsFor(port, filters) })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  return person
}

/**
 * The same with a new connection in an application that runs. It comes as from a second start of the application with these
 * arguments, of which the first hears by this event.
 */
export const personOnlineIn = async ({ app, page }: Application, port: number, filters: readonly string[]) => {
  const tabs = page.getByRole('tablist', { name: 'Open connections' }).getByRole('tab')
  const before = await tabs.count()
  const handedOver = { args: argumentsFor(port, filters), password: null }
  await app.evaluate(({ app: main }, data) => main.emit('second-instance', {}, [], '', data), handedOver)
  await expect(tabs).toHaveCount(before + 1)
  await expect(tabs.last()).toHaveAttribute('aria-selected', 'true')
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  return person
}

const argumentsFor = (port: number, filters: readonly string[]) => [
  `mqtt://127.0.0.1:${port}`,
  ...filters.flatMap((filter) => ['--subscribe', filter]),
]
