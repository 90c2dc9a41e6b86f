import { expect, test, type Application } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test('tabs of connections are dragged, moved by their menu, and stand so after a restart', async ({ launch }) => {
  const application = await launch()
  const { page } = application
  const person = personAt(page)
  const tabsOf = ({ page: shown }: Pick<Application, 'page'>) =>
    shown.getByRole('tablist', { name: 'Open connections' }).getByRole('tab')
  for (const name of ['One', 'Two', 'Three']) await person.createProfile({ name, port: broker.port() })
  const order = (...names: readonly string[]) => expect(tabsOf(application)).toHaveText(names)
  await order('Local broker', 'One', 'Two', 'Three')
  const tab = (name: string) => page.getByRole('tab', { name, exact: true })
  const rightEdge = { x: (await tab('Three').boundingBox())!.width - 4, y: 8 }
  await tab('One').dragTo(tab('Three'), { targetPosition: rightEdge })
  await order('Local broker', 'Two', 'Three', 'One')
  await tab('One').dragTo(tab('Three'), { targetPosition: { x: 4, y: 8 } })
  await order('Local broker', 'Two', 'One', 'Three')
  await tab('Local broker').click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Move tab left' })).toBeDisabled()
  await page.getByRole('menuitem', { name: 'Move tab right' }).click()
  await order('Two', 'Local broker', 'One', 'Three')
  await tab('Three').dragTo(tab('Two'), { targetPosition: { x: 4, y: 8 } })
  await order('Three', 'Two', 'Local broker', 'One')
  await expect(tabsOf(await application.relaunch())).toHaveText(['Three', 'Two', 'Local broker', 'One'])
})
