import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { draftsState } from '../drafts/draftsState'
import { PublishPane } from '../PublishPane'
import { draftIn, publishState } from '../publishState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

const show = () => {
  const { app, connection, render } = openTestWindow()
  render(<PublishPane />)
  const user = userEvent.setup()
  return {
    user,
    connection,
    drafts: () => app.get(draftsState).all,
    shown: () => draftIn(connection),
    topic: screen.getByLabelText('Topic'),
    button: (name: string) => screen.queryByRole('button', { name }),
    paste: async (field: string, text: string) => {
      await user.click(screen.getByLabelText(field))
      await user.paste(text)
    },
  }
}

const command = `mosquitto_pub -h broker -t lamp/cmd \\\n  -m '{"on": true}' -q 1 -r -f x.bin`

describe('a command that is pasted into the composer', () => {
  it('is offered as a message, which it becomes, and what is not taken is named', async () => {
    const { user, paste, button, shown, drafts } = show()
    await paste('Topic', command)
    expect(shown().message.topic).toContain('mosquitto_pub')
    await user.click(screen.getByRole('button', { name: 'Take its message' }))
    expect(shown().message).toMatchObject({ topic: 'lamp/cmd', payload: '{"on": true}', format: 'json', qos: 1 })
    expect(shown().message.retain).toBe(true)
    expect(drafts()).toHaveLength(1)
    const left = within(screen.getByRole('list', { name: 'Not taken' })).getAllByRole('listitem')
    expect(left.map(({ textContent }) => textContent)).toEqual([
      '-f x.bin is a file: choose it beside the payload in Publish.',
    ])
    await user.click(screen.getByRole('button', { name: 'Put this away' }))
    expect(button('Put this away')).toBeNull()
  })

  it('leaves what stood there, and stands in a draft of its own', async () => {
    const { user, paste, connection, drafts, shown } = show()
    connection.get(publishState).changeDraft({ topic: 'mine', payload: '' })
    await paste('Topic', 'mosquitto_pub -t lamp/cmd -m on')
    await user.click(screen.getByRole('button', { name: 'Take its message' }))
    expect(drafts().map(({ message }) => message.topic)).toEqual(['mine', 'lamp/cmd'])
    expect(shown().message.payload).toBe('on')
  })

  it('may be meant as it is', async () => {
    const { user, paste, button, shown } = show()
    await paste('Topic', 'mosquitto_pub -t a -m b')
    await user.click(screen.getByRole('button', { name: 'Put this away' }))
    expect(button('Take its message')).toBeNull()
    expect(shown().message.topic).toBe('mosquitto_pub -t a -m b')
  })

  it.each(['plant/1', 'mosquitto_sub -t a', 'mosquitto_pub -h broker', 'mqtt://broker'])(
    'is none where nothing is published: %s',
    async (text) => {
      const { paste, button } = show()
      await paste('Topic', text)
      expect(button('Take its message')).toBeNull()
    },
  )
})
