import { expect, type Launch } from './application'
import { personAt } from './person'

/** A person before the window of an application that is connected to a broker on this computer, with these filters. */
export const personOnline = async (launch: Launch, port: number, filters: readonly string[]) => {
  const subscribed = filters.flatMap((filter) => ['--subscribe', filter])
  const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${port}`, ...subscribed] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  return person
}
