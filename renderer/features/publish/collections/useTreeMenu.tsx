import {
  Copy,
  Download,
  FilePlus2,
  FolderPlus,
  Keyboard,
  Pencil,
  Save,
  Send,
  SquarePen,
  Trash2,
  Upload,
  X,
} from 'lucide-react'
import { useTranslations } from 'use-intl'
import { collectionIdOf } from '#shared/model/collection'
import { visibleName } from '#shared/text/visibleText'
import { profilesState, selectEntry } from '../../../state/profiles'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import type { MenuEntry } from '../../../ui/menus'
import { shortcutText } from '../../../ui/shortcut'
import { useSendTargets } from '../sending/useSendTargets'
import type { CollectionRow } from './collectionRows'
import { collectionsState, type Collection } from './collectionsState'
import { collectionTreeState } from './collectionTreeState'
import {
  closeCollection,
  duplicateKept,
  exportCollection,
  importCollection,
  moveFolder,
  moveKept,
  removeFolder,
  removeKept,
  saveElsewhere,
  sendKept,
} from './collectionVerbs'
import { editMessage } from './editMessage'
import { folderText } from './folderNamed'

type RowOf<Kind extends CollectionRow['kind']> = Extract<CollectionRow, { readonly kind: Kind }>

/** The menu of each row of the tree. */
export const useTreeMenu = (collections: readonly Collection[]): ((row: CollectionRow) => readonly MenuEntry[]) => {
  const onMessage = useMessageMenu(collections)
  const onFolder = useFolderMenu()
  const onCollection = useCollectionMenu()
  return (row) => {
    switch (row.kind) {
      case 'message':
        return onMessage(row)
      case 'folder':
        return onFolder(row)
      case 'collection':
        return onCollection(row)
      case 'damaged':
        return [{ note: visibleName(row.file.path) }]
    }
  }
}

/** What a collection is called. */
export const useCollectionName = (): ((collection: Collection) => string) => {
  const t = useTranslations('collections')
  const connection = useConnectionObject()
  const entry = useApp(profilesState, selectEntry(connection.id))
  return ({ facts: { id, kind, name } }) => {
    if (kind === 'shared') return t('kinds.shared')
    return visibleName(id === collectionIdOf(connection.id) ? (entry?.profile.name ?? t('kinds.connection')) : name)
  }
}

const useMessageMenu = (collections: readonly Collection[]) => {
  const t = useTranslations('collections')
  const app = useAppObject()
  const connection = useConnectionObject()
  const ask = useApp(collectionTreeState, (state) => state.ask)
  const targetsNow = useSendTargets()
  const nameOf = useCollectionName()

  const placesFor = ({ collection, folder, message }: RowOf<'message'>): readonly MenuEntry[] =>
    collections.flatMap((one) =>
      ['', ...one.facts.folders.map(({ path }) => path)].map((path) => ({
        label: [nameOf(one), folderText(one, path)].filter(Boolean).join(' / '),
        disabled: one.facts.id === collection.facts.id && path === folder,
        onSelect: () => {
          const to = { collectionId: one.facts.id, folder: path, beforeId: null }
          app.get(collectionsState).move(collection.facts.id, message.id, to)
        },
      })),
    )

  return (row: RowOf<'message'>): readonly MenuEntry[] => {
    const { collection, message } = row
    const collectionId = collection.facts.id
    return [
      { label: t('menu.send'), icon: <Send size={14} />, shortcut: 'Enter', onSelect: () => sendKept(connection, row) },
      {
        label: t('menu.sendTo'),
        icon: <Send size={14} />,
        items: targetsNow((target) => sendKept(connection, row, target)),
      },
      {
        label: t('menu.edit'),
        icon: <SquarePen size={14} />,
        shortcut: shortcutText('CmdOrCtrl+Enter'),
        onSelect: () => editMessage(connection, collectionId, message),
      },
      'separator',
      {
        label: t('menu.duplicate'),
        icon: <Copy size={14} />,
        shortcut: shortcutText('CmdOrCtrl+D'),
        onSelect: () => duplicateKept(app, row, t('copyName', { name: message.name.slice(0, 180) })),
      },
      {
        label: t('menu.rename'),
        icon: <Pencil size={14} />,
        shortcut: 'F2',
        onSelect: () => ask({ kind: 'renameMessage', collectionId, messageId: message.id }),
      },
      {
        label: t('menu.shortcut'),
        icon: <Keyboard size={14} />,
        ...(message.shortcut !== '' && { shortcut: shortcutText(message.shortcut) }),
        onSelect: () => ask({ kind: 'shortcut', collectionId, messageId: message.id }),
      },
      'separator',
      { label: t('menu.up'), shortcut: 'Alt+↑', onSelect: () => moveKept(app, row, -1) },
      { label: t('menu.down'), shortcut: 'Alt+↓', onSelect: () => moveKept(app, row, 1) },
      { label: t('menu.moveInto'), items: placesFor(row) },
      'separator',
      {
        label: t('menu.delete'),
        icon: <Trash2 size={14} />,
        danger: true,
        shortcut: 'Delete',
        onSelect: () => removeKept(app, row),
      },
    ]
  }
}

/** What a collection and a folder have in common. */
const useInsideMenu = () => {
  const t = useTranslations('collections')
  const ask = useApp(collectionTreeState, (state) => state.ask)
  return ({ collection, folder }: RowOf<'folder' | 'collection'>): readonly MenuEntry[] => [
    {
      label: t('keepDraft'),
      icon: <FilePlus2 size={14} />,
      onSelect: () => ask({ kind: 'saveAs', collectionId: collection.facts.id, folder }),
    },
    {
      label: t('menu.newFolder'),
      icon: <FolderPlus size={14} />,
      onSelect: () => ask({ kind: 'newFolder', collectionId: collection.facts.id, folder }),
    },
  ]
}

const useFolderMenu = () => {
  const t = useTranslations('collections')
  const app = useAppObject()
  const ask = useApp(collectionTreeState, (state) => state.ask)
  const inside = useInsideMenu()
  const nameOf = useCollectionName()
  return (row: RowOf<'folder'>): readonly MenuEntry[] => {
    const { collection, folder } = row
    const parent = folder.split('/').slice(0, -1).join('/')
    const others = collection.facts.folders.filter(({ path }) => path !== folder && !path.startsWith(`${folder}/`))
    return [
      ...inside(row),
      'separator',
      {
        label: t('menu.rename'),
        icon: <Pencil size={14} />,
        shortcut: 'F2',
        onSelect: () => ask({ kind: 'renameFolder', collectionId: collection.facts.id, folder }),
      },
      {
        label: t('menu.moveInto'),
        items: ['', ...others.map(({ path }) => path)].map((path) => ({
          label: [nameOf(collection), folderText(collection, path)].filter(Boolean).join(' / '),
          disabled: path === parent,
          onSelect: () => moveFolder(app, row, path),
        })),
      },
      'separator',
      {
        label: t('menu.delete'),
        icon: <Trash2 size={14} />,
        danger: true,
        shortcut: 'Delete',
        onSelect: () => removeFolder(app, row),
      },
    ]
  }
}

const useCollectionMenu = () => {
  const t = useTranslations('collections')
  const app = useAppObject()
  const inside = useInsideMenu()
  return (row: RowOf<'collection'>): readonly MenuEntry[] => {
    const { id, kind, path } = row.collection.facts
    return [
      ...inside(row),
      'separator',
      { label: t('menu.import'), icon: <Upload size={14} />, onSelect: () => importCollection(app, id) },
      { label: t('menu.export'), icon: <Download size={14} />, onSelect: () => exportCollection(app, id) },
      { label: t('menu.saveElsewhere'), icon: <Save size={14} />, onSelect: () => saveElsewhere(app, id) },
      ...(kind === 'opened'
        ? ([
            'separator',
            { label: t('menu.close'), icon: <X size={14} />, onSelect: () => closeCollection(app, id) },
          ] as const)
        : []),
      ...(path === '' ? [] : [{ note: visibleName(path) }]),
    ]
  }
}
