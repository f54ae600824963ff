package io.clientele.configuration;

import io.clientele.jobs.JobQueue;
import io.clientele.metadata.templates.TemplateKind;
import java.util.List;

/**
 * The nouns of the file, in the order in which they can refer to each other.
 *
 * @param ofOrg those whose lists stand at the top
 * @param modules the modules, in which all others stand
 * @param ofModule those whose lists stand in a module
 * @param last those whose lists stand at the top, too, and that refer to what modules have
 */
record Parts(List<Part> ofOrg, Part modules, List<Part> ofModule, List<Part> last) {
  static Parts all(JobQueue jobs) {
    return new Parts(
        List.of(
            new RolesPart(),
            new ProfilesPart(),
            new GlobalPickListsPart(jobs),
            new UnsubscribeLinksPart(),
            new CallPreferencesPart(),
            new ContactRolesPart(),
            new UserGroupsPart()),
        new ModulesPart(),
        List.of(
            new FieldsPart(),
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
            new AppointmentPreferencesPart()),
        List.of(new TerritoriesPart()));
  }
}
