import { cruise, type IReporterOutput } from 'dependency-cruiser'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dependencyRules, readingOptions } from '../build/layers/cruise.config.mjs'
import { createTemporaryFolder } from './support/temporaryFolder'

// The rules are read over small houses of one or two files; the real one is checked by `npm run lint:imports`.

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The files of ours that a text names; they have to be there, because only what is found is known to be ours. */
const importedBy = (file: string, text: string) =>
  [...text.matchAll(/['"]((?:[.]|#shared)[^'"]+)['"]/g)]
    .map(([, name = '']) => (name.startsWith('#') ? name.slice(1) : posix.join(posix.dirname(file), name)))
    .map((path) => (/[.]\w+$/.test(path) ? path : `${path}.ts`))

const buildHouse = (house: string, files: Readonly<Record<string, string>>) => {
  const imported = Object.entries(files).flatMap(([file, text]) => importedBy(file, text))
  const empty = Object.fromEntries(imported.map((path) => [path, '']))
  const manifest = JSON.stringify({ imports: { '#shared/*': './shared/*.ts' } })
  for (const [path, text] of Object.entries({ ...empty, ...files, 'package.json': manifest }))
    write(join(house, path), text)
}

interface Reading {
  readonly imports: number
  readonly broken: readonly string[]
}

const readingOf = async (files: Readonly<Record<string, string>>): Promise<Reading> => {
  const house = createTemporaryFolder('house')
  try {
    buildHouse(house.path, files)
    const options = { ...readingOptions, baseDir: house.path, validate: true, ruleSet: { forbidden: dependencyRules } }
    const { output }: IReporterOutput = await cruise(Object.keys(files), options)
    if (typeof output === 'string') throw new Error(output)
    const { violations, totalDependenciesCruised } = output.summary
    return { imports: totalDependenciesCruised ?? 0, broken: violations.map(({ rule }) => rule.name) }
  } finally {
    house.remove()
  }
}

describe('the rules of imports', () => {
  it.each([
    ['package node:', 'shared/result.ts', "import { readFile } from 'node:fs'"],
    ['layer shared', 'shared/contract.ts', "import { x } from '../renderer/state/profiles'"],
    ['package react', 'shared/contract.ts', "import { useState } from 'react'"],
    ['package electron', 'electron/core/dispatch.ts', "import { app } from 'electron'"],
    ['package electron', 'electron/core/dispatch.ts', "import type { BrowserWindow } from 'electron'"],
    ['layer electron/core', 'electron/core/dispatch.ts', "import { ipc } from '../main/page/ipc'"],
    ['layer electron', 'electron/main/main.ts', "import { App } from '../../renderer/App'"],
    ['layer electron', 'electron/main/main.ts', "const { App } = await import('../../renderer/App')"],
    ['package mqtt', 'electron/main/main.ts', "import mqtt from 'mqtt'"],
    ['package mqtt', 'electron/core/broker/brokerSession.ts', "import type { MqttClient } from 'mqtt'"],
    ['layer electron/preload', 'electron/preload/preload.ts', "import { createCore } from '../core/createCore'"],
    ['package node:', 'electron/preload/preload.ts', "import { join } from 'path'"],
    ['layer renderer', 'renderer/main.tsx', "export * from '../electron/core/dispatch'"],
    ['packages of renderer/model', 'renderer/model/topicIndex.ts', "import { useMemo } from 'react'"],
    ['layer renderer/model', 'renderer/model/topicIndex.ts', "import type { Profile } from '../state/profiles'"],
    ['layer renderer/ui', 'renderer/ui/Button.tsx', "import { useProfiles } from '../state/profiles'"],
    ['layer renderer/ui', 'renderer/ui/Chip.tsx', "import type { Colour } from '#shared/model/subscription'"],
    ['layer renderer/mqttUi', 'renderer/mqttUi/QosField.tsx', "import { Log } from '../features/log/Log'"],
    ['layer renderer/state', 'renderer/state/profiles.ts', "import { Button } from '../ui/Button'"],
    ['layer renderer/actions', 'renderer/actions/action.ts', "import { openLog } from '../features/log/openLog'"],
    ['layer renderer/features/*', 'renderer/features/log/log.ts', "import { publish } from '../publish/publish'"],
    ['layer renderer/features/*', 'renderer/features/log/rows/Row.tsx', "import { a } from '../../publish/publish'"],
    ['layer renderer/features/*', 'renderer/features/log/LogPane.tsx', "import { views } from '../../app/views'"],
    ['layer renderer/features/*', 'renderer/features/log/LogRow.tsx', "import '../../../test/support/waitFor'"],
    ['tests of renderer', 'renderer/features/log/log.test.ts', "import { x } from '../../../electron/core/dispatch'"],
    ['tests of electron', 'electron/core/dispatch.test.ts', "import { x } from '../../renderer/model/messageLog'"],
    ['what tests need', 'renderer/ui/Button.tsx', "import { stubLayout } from './layoutTesting'"],
  ])('find what breaks "%s": in %s %s', async (rule, file, text) => {
    expect((await readingOf({ [file]: text })).broken).toContain(rule)
  })

  it('find that components and slices go around each other', async () => {
    const component = await readingOf({ 'renderer/features/log/Row.tsx': "import {\n  api,\n} from '../../ipc/api'" })
    expect(component.broken).toEqual(['components and ipc'])
    const slice = await readingOf({ 'renderer/features/log/logSlice.ts': "import { a } from '../../store/appStore'" })
    expect(slice.broken).toEqual(['slices and store'])
  })

  it('find a circle, and one of types alone', async () => {
    const circle = await readingOf({
      'shared/one.ts': "import { two } from './two'\nexport const one = two",
      'shared/two.ts': "import type { one } from './one'\nexport const two: typeof one = 2",
    })
    expect(circle.broken).toContain('no circle')
  })

  it.each([
    ['shared/contract.ts', "import { z } from 'zod'\nimport { ok } from './result'"],
    ['electron/main/main.ts', "import { app } from 'electron'\nimport { createCore } from '../core/createCore'"],
    ['electron/core/broker/mqttJs/mqttTransport.ts', "import { MqttClient } from 'mqtt'"],
    ['electron/core/broker/mqttJs/client.ts', "import { MqttClient } from 'mqtt'"],
    ['electron/core/handlers.ts', "import { ok } from '#shared/result'\nimport { join } from 'node:path'"],
    [
      'electron/core/broker/brokerSession.ts',
      "// import { app } from 'electron'\nimport mqttPacket from 'mqtt-packet'",
    ],
    ['renderer/App.tsx', "import { LogPane } from './features/log/LogPane'"],
    ['renderer/app/views.ts', "import { LogPane } from '../features/log/LogPane'"],
    ['renderer/state/profiles.ts', "import { create } from 'zustand'\nimport { api } from '../ipc/api'"],
    ['renderer/features/log/logSlice.ts', "import type { SliceCreator } from '../../store/appStore'"],
    ['renderer/features/log/LogRow.tsx', "import { Chip } from '../../mqttUi/Chip'\nimport './log.css'"],
    ['renderer/features/log/rows/Row.tsx', "import { selectRows } from '../logSelectors'"],
    ['renderer/features/log/log.test.ts', "import { waitFor } from '../../../test/support/waitFor'"],
    ['renderer/ui/Text.tsx', "import { shownText } from '#shared/text/visibleText'\nimport { useId } from 'react'"],
  ])('let %s say: %s', async (file, text) => {
    const { imports, broken } = await readingOf({ [file]: text })
    expect(imports).toBeGreaterThan(0)
    expect(broken).toEqual([])
  })
})
