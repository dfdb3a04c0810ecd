"""What does the network talk about, and what can its members do?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """The subjects of notices, sessions, resources and interests."""

    IMPROVISED_EXPLOSIVE_DEVICES = "improvised_explosive_devices", _("Improvised explosive devices")
    PRECURSORS_AND_DIVERSION = "precursors_and_diversion", _("Precursors and diversion")
    TOXIC_INDUSTRIAL_CHEMICALS = "toxic_industrial_chemicals", _("Toxic industrial chemicals")
    CHEMICAL_WARFARE_AGENTS = "chemical_warfare_agents", _("Chemical warfare agents")
    PHARMACEUTICAL_BASED_AGENTS = "pharmaceutical_based_agents", _("Pharmaceutical-based agents")
    BIOLOGICAL_TOXINS = "biological_toxins", _("Biological toxins")
    ADDITIVE_MANUFACTURING = "3d_printing", _("3D printing")
    ARTIFICIAL_INTELLIGENCE = "artificial_intelligence", _("Artificial intelligence")
    DRONES = "drones", _("Drones")
    TRANSPORT_AND_SUPPLY_CHAIN = "transport_and_supply_chain", _("Transport and supply chain")
    INSIDER_THREAT = "insider_threat", _("Insider threat")
    CONCEALMENT = "concealment", _("Concealment")
    RISK_MANAGEMENT = "risk_management", _("Risk management")
    PUBLIC_PRIVATE_PARTNERSHIPS = "public_private_partnerships", _("Public-private partnerships")
    REGULATION = "regulation", _("Regulation and its implementation")
    SITE_SECURITY = "site_security", _("Site security")
    CRISIS_RESPONSE = "crisis_response", _("Crisis response")


class Expertise(TextChoices):
    """The fields in which a member can be asked for advice."""

    BORDER_CONTROL = "border_control", _("Border control")
    CBRN_RESPONSE = "cbrn_response", _("CBRN response")
    CHEMICAL_ENGINEERING = "chemical_engineering", _("Chemical engineering")
    COUNTER_TERRORISM = "counter_terrorism", _("Counter-terrorism investigation")
    CRITICAL_INFRASTRUCTURE = "critical_infrastructure", _("Critical infrastructure protection")
    CUSTOMS_TARGETING = "customs_targeting", _("Customs risk targeting")
    CYBER_PHYSICAL_SECURITY = "cyber_physical_security", _("Security of control systems")
    DANGEROUS_GOODS_TRANSPORT = "dangerous_goods_transport", _("Transport of dangerous goods")
    DECONTAMINATION = "decontamination", _("Decontamination")
    DRONE_DETECTION = "drone_detection", _("Drone detection")
    EMERGENCY_MEDICINE = "emergency_medicine", _("Emergency medicine")
    ENVIRONMENTAL_MONITORING = "environmental_monitoring", _("Environmental monitoring")
    EXPLOSIVES_DETECTION = "explosives_detection", _("Explosives detection")
    EXPLOSIVES_DISPOSAL = "explosives_disposal", _("Explosive ordnance disposal")
    EXPORT_CONTROL = "export_control", _("Export control")
    FINANCIAL_INVESTIGATION = "financial_investigation", _("Financial investigation")
    FORENSIC_CHEMISTRY = "forensic_chemistry", _("Forensic chemistry")
    INDUSTRY_OUTREACH = "industry_outreach", _("Outreach to industry")
    INSIDER_THREAT = "insider_threat", _("Insider threat prevention")
    INTELLIGENCE_ANALYSIS = "intelligence_analysis", _("Intelligence analysis")
    INTERNATIONAL_COOPERATION = "international_cooperation", _("International police cooperation")
    LABORATORY_SECURITY = "laboratory_security", _("Laboratory security")
    LEGISLATION = "legislation", _("Legislation")
    MARITIME_SECURITY = "maritime_security", _("Port and maritime security")
    OPEN_SOURCE_MONITORING = "open_source_monitoring", _("Open-source monitoring")
    POST_BLAST_INVESTIGATION = "post_blast_investigation", _("Post-blast investigation")
    PRECURSOR_REGULATION = "precursor_regulation", _("Precursor regulation")
    RETAIL_OUTREACH = "retail_outreach", _("Outreach to retail and online trade")
    RISK_ASSESSMENT = "risk_assessment", _("Risk assessment")
    SITE_SECURITY = "site_security", _("Site security")
    SUPPLY_CHAIN_SECURITY = "supply_chain_security", _("Supply chain security")
    TOXICOLOGY = "toxicology", _("Toxicology")
    TRAINING_AND_EXERCISES = "training_and_exercises", _("Training and exercises")
