"""The parties that meet invented people, by the codes of their secrecy areas."""

AF, SOCIAL, LABOUR = "af", "asn-socialtjanst", "asn-arbetsmarknad"
INSURANCE, CARE, SCHOOL = "fk", "region-skane", "gvn"
FSN = "fsn"
