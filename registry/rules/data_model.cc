#include "registry/rules/data_model.h"

namespace registry {

bool IsMinimum(const TldPolicy& policy, RegistrarKey sponsor, const Directory& directory) {
  if (policy.data_model != TldPolicy::DataModel::kPerRegistrar) {
    return policy.data_model == TldPolicy::DataModel::kMinimum;
  }
  const Registrar* registrar = directory.Registrar(sponsor);
  return registrar != nullptr && registrar->minimum_data;
}

}  // namespace registry
