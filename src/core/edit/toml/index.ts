export { addTomlTable, setToml, tomlFault, type TomlFault, type TomlValue } from './edit.ts';
export { scanToml, type TomlEntry, type TomlPath, type TomlPlaces, type TomlTable } from './scan.ts';
