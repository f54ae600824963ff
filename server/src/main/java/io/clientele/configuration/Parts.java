package io.clientele.configuration;

import io.clientele.jobs.JobQueue;
import io.clientele.metadata.templates.TemplateKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nouns of the file, in the order in which they can refer to each other.
 *
 * @param ofOrg those whose lists stand at the top and that refer to none of the others
 * @param modules the modules, in which all others stand
 * @param fields the fields of modules
 * @param people those whose lists stand at the top, too, and that refer to fields and each other
 * @param ofFields those that stand in a module beside its fields
 */
record Parts(List<Part> ofOrg, Part modules, Part fields, List<Part> people, List<Part> ofFields) {
  /** Those whose lists stand in a module. */
  List<Part> ofModule() {
    return Stream.concat(Stream.of(fields), ofFields.stream()).toList();
  }

  /** Those whose lists stand at the top. */
  List<Part> atTop() {
    return Stream.concat(ofOrg.stream(), people.stream()).toList();
  }

  static Parts all(JobQueue jobs) {
    return new Parts(
        List.of(
            new RolesPart(),
            new ProfilesPart(),
            new GlobalPickListsPart(jobs),
            new UnsubscribeLinksPart(),
            new CallPreferencesPart(),
            new ContactRolesPart()),
        new ModulesPart(),
        new FieldsPart(),
        List.of(new TerritoriesPart(), new UserGroupsPart()),
        List.of(
            new LayoutsPart(),
            new MapDependenciesPart(),
            new TagsPart(),
            new CustomViewsPart(),
            new TemplatesPart(TemplateKind.EMAIL),
            new TemplatesPart(TemplateKind.INVENTORY),
            new WizardsPart(),
            new RecordLockingPart(),
            new DataSharingPart(),
            new SharingRulesPart(),
            new DuplicateCheckPart(),
            new LeadConversionPart(),
            new ServicePreferencesPart(),
            new AppointmentPreferencesPart()));
  }
}
