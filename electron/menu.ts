import { Menu, type MenuItemConstructorOptions } from 'electron'

/** The menu bar, shown with Alt on Windows and Linux: what a keyboard user expects everywhere, in French. */
export function applicationMenu(print: () => void): Menu {
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const application: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return Menu.buildFromTemplate([
    ...application,
    {
      label: '&Fichier',
      submenu: [
        { label: 'Imprimer…', accelerator: 'CmdOrCtrl+P', click: print },
        separator,
        { label: 'Quitter Écharpe', role: 'quit' },
      ],
    },
    {
      label: 'É&dition',
      submenu: [
        { label: 'Annuler', role: 'undo' },
        { label: 'Rétablir', role: 'redo' },
        separator,
        { label: 'Couper', role: 'cut' },
        { label: 'Copier', role: 'copy' },
        { label: 'Coller', role: 'paste' },
        { label: 'Tout sélectionner', role: 'selectAll' },
      ],
    },
    {
      label: '&Affichage',
      submenu: [
        { label: 'Agrandir', role: 'zoomIn' },
        { label: 'Réduire', role: 'zoomOut' },
        { label: 'Taille normale', role: 'resetZoom' },
        separator,
        { label: 'Recharger', role: 'reload' },
        { label: 'Plein écran', role: 'togglefullscreen' },
        { label: 'Outils de diagnostic', role: 'toggleDevTools' },
      ],
    },
  ])
}
