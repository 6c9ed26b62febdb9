// dependency-cruiser's `extends` knows files alone: it ignores the exports of packages, and a function would check nothing.
import { dependencyCruiserConfig, type CruiseConfiguration } from './dependency-cruiser.ts';

const configuration: CruiseConfiguration = dependencyCruiserConfig();

export default configuration;
