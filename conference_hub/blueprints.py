"""The routes and pages of all features."""

from __future__ import annotations

from conference_hub.access.pages import access_pages_bp
from conference_hub.access.password_pages import password_pages_bp
from conference_hub.access.routes import access_bp
from conference_hub.access.team_pages import team_pages_bp
from conference_hub.agenda.pages import agenda_pages_bp
from conference_hub.agenda.plan_routes import agenda_plan_bp
from conference_hub.agenda.routes import agenda_bp
from conference_hub.attendance.certificate_pages import attendance_certificates_bp
from conference_hub.attendance.desk_pages import attendance_desk_bp
from conference_hub.attendance.list_pages import attendance_lists_bp
from conference_hub.attendance.sum_pages import attendance_sums_bp
from conference_hub.awards.desk_pages import awards_desk_bp
from conference_hub.awards.group_routes import awards_group_bp
from conference_hub.awards.level_pages import awards_levels_bp
from conference_hub.awards.order_pages import awards_order_bp
from conference_hub.awards.pages import awards_pages_bp
from conference_hub.awards.proof_pages import awards_proof_bp
from conference_hub.awards.routes import awards_bp
from conference_hub.awards.seal_pages import awards_seal_bp
from conference_hub.awards.soon_pages import awards_soon_bp
from conference_hub.checkin.app_pages import checkin_app_bp
from conference_hub.checkin.badge_pages import badge_pages_bp
from conference_hub.checkin.conflict_pages import conflict_pages_bp
from conference_hub.checkin.door_pages import door_pages_bp
from conference_hub.checkin.door_routes import door_bp
from conference_hub.checkin.guest_export import guest_export_bp
from conference_hub.checkin.guest_pages import guest_pages_bp
from conference_hub.checkin.lost_link_pages import lost_link_pages_bp
from conference_hub.checkin.pages import checkin_pages_bp
from conference_hub.checkin.quarantine_pages import quarantine_pages_bp
from conference_hub.checkin.roster_routes import roster_bp
from conference_hub.checkin.routes import checkin_bp
from conference_hub.checkin.scan_routes import scans_bp
from conference_hub.desk.conference_pages import desk_conference_bp
from conference_hub.desk.import_pages import desk_import_bp
from conference_hub.desk.overview import desk_overview_bp
from conference_hub.desk.pages import desk_pages_bp
from conference_hub.desk.purge_pages import desk_purge_bp
from conference_hub.files.pages import files_pages_bp
from conference_hub.files.routes import files_bp
from conference_hub.followup.agenda_pages import followup_agenda_bp
from conference_hub.followup.answer_pages import followup_answers_bp
from conference_hub.followup.certificate_pages import followup_certificates_bp
from conference_hub.followup.desk_pages import followup_desk_bp
from conference_hub.followup.feeds import followup_feeds_bp
from conference_hub.followup.invited_pages import invited_pages_bp
from conference_hub.followup.notice_pages import notice_pages_bp
from conference_hub.followup.pages import followup_pages_bp
from conference_hub.followup.reminder_pages import followup_reminders_bp
from conference_hub.followup.routes import followup_bp
from conference_hub.followup.series_pages import followup_series_bp
from conference_hub.gates.blue_pages import gate_offline_bp
from conference_hub.gates.device_pages import gate_devices_bp
from conference_hub.gates.pages import gate_pages_bp
from conference_hub.gates.point_pages import gate_points_bp
from conference_hub.gates.routes import gates_bp
from conference_hub.honours.desk_pages import honours_desk_bp
from conference_hub.honours.pages import honours_pages_bp
from conference_hub.honours.routes import honours_bp
from conference_hub.live.pages import live_pages_bp
from conference_hub.mails.bulk_pages import mail_bulk_bp
from conference_hub.mails.choice_pages import mail_choices_bp
from conference_hub.mails.pages import mails_pages_bp
from conference_hub.mails.sending_pages import mail_sendings_bp
from conference_hub.mails.wording_pages import mail_wordings_bp
from conference_hub.messages.routes import messages_bp
from conference_hub.outgoing.desk_pages import outgoing_desk_bp
from conference_hub.outgoing.osc_pages import outgoing_osc_bp
from conference_hub.people.pages import people_pages_bp
from conference_hub.places.channel_pages import channel_pages_bp
from conference_hub.places.pages import places_pages_bp
from conference_hub.places.room_pages import room_pages_bp
from conference_hub.places.video_pages import video_pages_bp
from conference_hub.registration.desk_pages import registration_desk_bp
from conference_hub.registration.pages import registration_pages_bp
from conference_hub.registration.setup_pages import registration_setup_bp
from conference_hub.report.pages import report_pages_bp
from conference_hub.screens.desk_pages import screens_desk_bp
from conference_hub.screens.pages import screens_pages_bp
from conference_hub.screens.routes import screens_bp

BLUEPRINTS = (
    access_bp,
    access_pages_bp,
    team_pages_bp,
    password_pages_bp,
    places_pages_bp,
    room_pages_bp,
    channel_pages_bp,
    video_pages_bp,
    agenda_bp,
    agenda_plan_bp,
    agenda_pages_bp,
    checkin_bp,
    door_bp,
    door_pages_bp,
    scans_bp,
    conflict_pages_bp,
    quarantine_pages_bp,
    checkin_pages_bp,
    lost_link_pages_bp,
    checkin_app_bp,
    roster_bp,
    gate_pages_bp,
    gate_points_bp,
    gate_devices_bp,
    gates_bp,
    gate_offline_bp,
    guest_pages_bp,
    badge_pages_bp,
    guest_export_bp,
    people_pages_bp,
    attendance_desk_bp,
    attendance_lists_bp,
    attendance_sums_bp,
    attendance_certificates_bp,
    awards_bp,
    awards_group_bp,
    awards_pages_bp,
    awards_desk_bp,
    awards_levels_bp,
    awards_order_bp,
    awards_seal_bp,
    awards_proof_bp,
    awards_soon_bp,
    followup_bp,
    followup_feeds_bp,
    followup_agenda_bp,
    followup_pages_bp,
    invited_pages_bp,
    followup_answers_bp,
    followup_desk_bp,
    followup_certificates_bp,
    notice_pages_bp,
    followup_series_bp,
    followup_reminders_bp,
    screens_bp,
    screens_pages_bp,
    screens_desk_bp,
    live_pages_bp,
    desk_pages_bp,
    desk_import_bp,
    desk_overview_bp,
    desk_conference_bp,
    desk_purge_bp,
    report_pages_bp,
    files_bp,
    files_pages_bp,
    mails_pages_bp,
    mail_sendings_bp,
    mail_wordings_bp,
    mail_choices_bp,
    mail_bulk_bp,
    messages_bp,
    outgoing_desk_bp,
    honours_bp,
    honours_pages_bp,
    honours_desk_bp,
    outgoing_osc_bp,
    registration_pages_bp,
    registration_desk_bp,
    registration_setup_bp,
)
"""The routes and pages of all features."""
