; Made by LevelTool from levels/*.txt; build.sh makes it anew. README.md describes the format.

StagePointers:                  ; of the five areas of each world
    .byte $20, $21, $40, $22, $60, $23, $24, $00, $25, $61
AreaKinds:                      ; first area of each kind
    .byte $00, $01, $07, $08
AreaLow:
    .byte <Area_2_2, <Area_1_1, <Area_1_2_introduction, <Area_1_3, <Area_2_1, <Area_2_2_introduction, <Area_2_3, <Area_1_2
    .byte <Area_1_4, <Area_2_4
AreaHigh:
    .byte >Area_2_2, >Area_1_1, >Area_1_2_introduction, >Area_1_3, >Area_2_1, >Area_2_2_introduction, >Area_2_3, >Area_1_2
    .byte >Area_1_4, >Area_2_4

Area_2_2:                         ; Water, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_2_2_columns, Area_2_2_low, Area_2_2_high, Area_2_2_objects, Area_2_2_loops
Area_2_2_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_2_low:
    .byte <Column0
Area_2_2_high:
    .byte >Column0
Area_2_2_objects:
    .byte $FF
Area_2_2_loops:
    .byte $FF

Area_1_1:                         ; Ground, 14 pages, 14 objects, 115 different columns
    .byte $B0, 0, $04, 14, 6
    .addr Area_1_1_columns, Area_1_1_low, Area_1_1_high, Area_1_1_objects, Area_1_1_loops
Area_1_1_columns:
    .byte $00, $01, $00, $00, $02, $03, $04, $05, $06, $07, $08, $09, $0A, $0B, $0C, $0D
    .byte $00, $0E, $00, $0F, $00, $10, $11, $12, $13, $00, $14, $15, $16, $17, $18, $19
    .byte $02, $1A, $03, $1B, $1C, $00, $05, $06, $1D, $1E, $1F, $20, $21, $22, $23, $00
    .byte $24, $25, $00, $00, $26, $27, $28, $29, $2A, $2B, $10, $11, $2C, $2D, $00, $00
    .byte $00, $14, $2E, $2F, $03, $04, $30, $30, $00, $00, $00, $0F, $31, $32, $33, $34
    .byte $35, $36, $37, $09, $00, $38, $39, $3A, $3B, $3C, $00, $00, $0E, $00, $0F, $10
    .byte $3D, $3E, $3E, $3F, $00, $31, $18, $40, $41, $42, $43, $44, $03, $04, $14, $45
    .byte $46, $38, $39, $47, $48, $49, $4A, $4B, $4B, $4A, $4C, $4D, $4E, $22, $05, $06
    .byte $4F, $50, $51, $08, $09, $52, $53, $54, $0E, $23, $00, $0F, $00, $14, $45, $55
    .byte $56, $11, $22, $00, $30, $57, $57, $30, $02, $03, $58, $48, $49, $49, $59, $5A
    .byte $5B, $5C, $5D, $5E, $13, $31, $18, $31, $5F, $39, $60, $61, $00, $62, $62, $62
    .byte $00, $10, $11, $22, $00, $63, $48, $49, $64, $65, $66, $67, $67, $00, $00, $00
    .byte $68, $69, $69, $22, $00, $6A, $00, $14, $45, $6B, $03, $6C, $6D, $6E, $6F, $70
    .byte $14, $55, $56, $5A, $71, $50, $72, $08, $09, $00, $0E, $00, $0F, $00, $00, $00
Area_1_1_low:
    .byte <Column0, <Column1, <Column2, <Column3, <Column4, <Column5, <Column6, <Column7
    .byte <Column8, <Column9, <Column10, <Column11, <Column12, <Column13, <Column14, <Column15
    .byte <Column16, <Column17, <Column18, <Column19, <Column20, <Column21, <Column22, <Column23
    .byte <Column24, <Column25, <Column26, <Column27, <Column28, <Column29, <Column30, <Column31
    .byte <Column32, <Column33, <Column34, <Column35, <Column36, <Column37, <Column38, <Column39
    .byte <Column40, <Column41, <Column42, <Column43, <Column44, <Column45, <Column46, <Column47
    .byte <Column48, <Column49, <Column50, <Column51, <Column52, <Column53, <Column54, <Column55
    .byte <Column56, <Column57, <Column58, <Column59, <Column60, <Column61, <Column62, <Column63
    .byte <Column64, <Column65, <Column66, <Column67, <Column68, <Column69, <Column70, <Column71
    .byte <Column72, <Column73, <Column74, <Column75, <Column76, <Column77, <Column78, <Column79
    .byte <Column80, <Column81, <Column82, <Column83, <Column84, <Column85, <Column86, <Column87
    .byte <Column88, <Column89, <Column90, <Column91, <Column92, <Column93, <Column94, <Column95
    .byte <Column96, <Column97, <Column98, <Column99, <Column100, <Column101, <Column102, <Column103
    .byte <Column104, <Column105, <Column106, <Column107, <Column108, <Column109, <Column110, <Column111
    .byte <Column112, <Column113, <Column114
Area_1_1_high:
    .byte >Column0, >Column1, >Column2, >Column3, >Column4, >Column5, >Column6, >Column7
    .byte >Column8, >Column9, >Column10, >Column11, >Column12, >Column13, >Column14, >Column15
    .byte >Column16, >Column17, >Column18, >Column19, >Column20, >Column21, >Column22, >Column23
    .byte >Column24, >Column25, >Column26, >Column27, >Column28, >Column29, >Column30, >Column31
    .byte >Column32, >Column33, >Column34, >Column35, >Column36, >Column37, >Column38, >Column39
    .byte >Column40, >Column41, >Column42, >Column43, >Column44, >Column45, >Column46, >Column47
    .byte >Column48, >Column49, >Column50, >Column51, >Column52, >Column53, >Column54, >Column55
    .byte >Column56, >Column57, >Column58, >Column59, >Column60, >Column61, >Column62, >Column63
    .byte >Column64, >Column65, >Column66, >Column67, >Column68, >Column69, >Column70, >Column71
    .byte >Column72, >Column73, >Column74, >Column75, >Column76, >Column77, >Column78, >Column79
    .byte >Column80, >Column81, >Column82, >Column83, >Column84, >Column85, >Column86, >Column87
    .byte >Column88, >Column89, >Column90, >Column91, >Column92, >Column93, >Column94, >Column95
    .byte >Column96, >Column97, >Column98, >Column99, >Column100, >Column101, >Column102, >Column103
    .byte >Column104, >Column105, >Column106, >Column107, >Column108, >Column109, >Column110, >Column111
    .byte >Column112, >Column113, >Column114
Area_1_1_objects:
    .byte $14, $0A, $06
    .byte $20, $0A, $06
    .byte $2C, $0A, $06
    .byte $2E, $0A, $06
    .byte $38, $0A, $06
    .byte $4E, $0A, $06
    .byte $50, $0A, $06
    .byte $5E, $0A, $06
    .byte $6A, $0A, $06
    .byte $6D, $0A, $06
    .byte $84, $0A, $06
    .byte $86, $0A, $06
    .byte $A8, $0A, $06
    .byte $B2, $0A, $06
    .byte $FF
Area_1_1_loops:
    .byte $FF

Area_1_2_introduction:                         ; Ground, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_1_2_introduction_columns, Area_1_2_introduction_low, Area_1_2_introduction_high, Area_1_2_introduction_objects, Area_1_2_introduction_loops
Area_1_2_introduction_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_1_2_introduction_low:
    .byte <Column0
Area_1_2_introduction_high:
    .byte >Column0
Area_1_2_introduction_objects:
    .byte $FF
Area_1_2_introduction_loops:
    .byte $FF

Area_1_3:                         ; Ground, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_1_3_columns, Area_1_3_low, Area_1_3_high, Area_1_3_objects, Area_1_3_loops
Area_1_3_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_1_3_low:
    .byte <Column0
Area_1_3_high:
    .byte >Column0
Area_1_3_objects:
    .byte $FF
Area_1_3_loops:
    .byte $FF

Area_2_1:                         ; Ground, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_2_1_columns, Area_2_1_low, Area_2_1_high, Area_2_1_objects, Area_2_1_loops
Area_2_1_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_1_low:
    .byte <Column0
Area_2_1_high:
    .byte >Column0
Area_2_1_objects:
    .byte $FF
Area_2_1_loops:
    .byte $FF

Area_2_2_introduction:                         ; Ground, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_2_2_introduction_columns, Area_2_2_introduction_low, Area_2_2_introduction_high, Area_2_2_introduction_objects, Area_2_2_introduction_loops
Area_2_2_introduction_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_2_introduction_low:
    .byte <Column0
Area_2_2_introduction_high:
    .byte >Column0
Area_2_2_introduction_objects:
    .byte $FF
Area_2_2_introduction_loops:
    .byte $FF

Area_2_3:                         ; Ground, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_2_3_columns, Area_2_3_low, Area_2_3_high, Area_2_3_objects, Area_2_3_loops
Area_2_3_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_3_low:
    .byte <Column0
Area_2_3_high:
    .byte >Column0
Area_2_3_objects:
    .byte $FF
Area_2_3_loops:
    .byte $FF

Area_1_2:                         ; Underground, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_1_2_columns, Area_1_2_low, Area_1_2_high, Area_1_2_objects, Area_1_2_loops
Area_1_2_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_1_2_low:
    .byte <Column0
Area_1_2_high:
    .byte >Column0
Area_1_2_objects:
    .byte $FF
Area_1_2_loops:
    .byte $FF

Area_1_4:                         ; Castle, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_1_4_columns, Area_1_4_low, Area_1_4_high, Area_1_4_objects, Area_1_4_loops
Area_1_4_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_1_4_low:
    .byte <Column0
Area_1_4_high:
    .byte >Column0
Area_1_4_objects:
    .byte $FF
Area_1_4_loops:
    .byte $FF

Area_2_4:                         ; Castle, 2 pages, 0 objects, 1 different columns
    .byte $B0, 0, $04, 2, 0
    .addr Area_2_4_columns, Area_2_4_low, Area_2_4_high, Area_2_4_objects, Area_2_4_loops
Area_2_4_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_4_low:
    .byte <Column0
Area_2_4_high:
    .byte >Column0
Area_2_4_objects:
    .byte $FF
Area_2_4_loops:
    .byte $FF

; Columns: metatiles from the top; $F0-$FC is the one before (at first air) 1-13 times more.
Column0:
    .byte $FA, $54, $54
Column1:
    .byte $F9, $47, $54, $54
Column2:
    .byte $F1, $80, $00, $F6, $54, $54
Column3:
    .byte $F1, $81, $00, $F6, $54, $54
Column4:
    .byte $F1, $82, $00, $F6, $54, $54
Column5:
    .byte $F9, $01, $54, $54
Column6:
    .byte $F8, $01, $03, $54, $54
Column7:
    .byte $F7, $04, $03, $05, $54, $54
Column8:
    .byte $F8, $02, $03, $54, $54
Column9:
    .byte $F9, $02, $54, $54
Column10:
    .byte $F2, $80, $00, $F1, $C2, $00, $F1, $54, $54
Column11:
    .byte $F2, $81, $00, $F1, $C2, $00, $00, $06, $54, $54
Column12:
    .byte $F2, $81, $00, $F1, $C2, $00, $00, $07, $54, $54
Column13:
    .byte $F2, $82, $00, $F4, $08, $54, $54
Column14:
    .byte $F6, $0A, $0B, $0B, $40, $54, $54
Column15:
    .byte $F7, $0A, $0B, $40, $54, $54
Column16:
    .byte $00, $80, $00, $F7, $54, $54
Column17:
    .byte $00, $81, $00, $F7, $54, $54
Column18:
    .byte $00, $82, $00, $F5, $12, $14, $54, $54
Column19:
    .byte $F8, $13, $15, $54, $54
Column20:
    .byte $F9, $06, $54, $54
Column21:
    .byte $F6, $51, $00, $00, $07, $54, $54
Column22:
    .byte $F6, $C0, $00, $00, $07, $54, $54
Column23:
    .byte $F2, $C0, $00, $F1, $51, $00, $00, $08, $54, $54
Column24:
    .byte $F6, $C0, $00, $F1, $54, $54
Column25:
    .byte $F6, $51, $0A, $0B, $40, $54, $54
Column26:
    .byte $F1, $81, $00, $F5, $09, $54, $54
Column27:
    .byte $F1, $81, $00, $F3, $12, $14, $14, $54, $54
Column28:
    .byte $F1, $82, $00, $F3, $13, $15, $15, $54, $54
Column29:
    .byte $F5, $C2, $00, $01, $03, $03, $54, $54
Column30:
    .byte $F5, $C2, $04, $03, $05, $03, $54, $54
Column31:
    .byte $F5, $C2, $00, $02, $03, $03, $54, $54
Column32:
    .byte $00, $80, $00, $F2, $C2, $00, $00, $02, $03, $54, $54
Column33:
    .byte $00, $81, $00, $F6, $02, $54, $54
Column34:
    .byte $00, $82, $00, $F7, $54, $54
Column35:
    .byte $F9, $09, $54, $54
Column36:
    .byte $F6, $12, $14, $F1, $54, $54
Column37:
    .byte $F6, $13, $15, $F1, $54, $54
Column38:
    .byte $F2, $80, $00, $F1, $0A, $0B, $0B, $40, $54, $54
Column39:
    .byte $F2, $81, $00, $F1, $C0, $00, $F1, $54, $54
Column40:
    .byte $F2, $82, $00, $F4, $01, $54, $54
Column41:
    .byte $F2, $C2, $00, $F3, $04, $03, $54, $54
Column42:
    .byte $F2, $C2, $00, $F4, $02, $54, $54
Column43:
    .byte $F2, $C2, $00, $F5, $54, $54
Column44:
    .byte $00, $81, $00, $F3, $12, $14, $F1, $54, $54
Column45:
    .byte $00, $82, $00, $F3, $13, $15, $F1, $54, $54
Column46:
    .byte $F1, $80, $00, $F5, $07, $54, $54
Column47:
    .byte $F1, $81, $00, $F5, $08, $54, $54
Column48:
    .byte $FC
Column49:
    .byte $F6, $51, $00, $F1, $54, $54
Column50:
    .byte $00, $80, $00, $F3, $51, $00, $00, $01, $54, $54
Column51:
    .byte $00, $81, $00, $F3, $51, $00, $01, $03, $54, $54
Column52:
    .byte $00, $82, $00, $F3, $C0, $01, $03, $03, $54, $54
Column53:
    .byte $F6, $51, $03, $05, $03, $54, $54
Column54:
    .byte $F6, $51, $02, $03, $03, $54, $54
Column55:
    .byte $F6, $C2, $00, $02, $03, $54, $54
Column56:
    .byte $F2, $80, $00, $F5, $54, $54
Column57:
    .byte $F2, $81, $00, $F5, $54, $54
Column58:
    .byte $F2, $81, $00, $00, $C2, $00, $F4
Column59:
    .byte $F2, $82, $00, $00, $C2, $00, $F4
Column60:
    .byte $F5, $C2, $00, $F4
Column61:
    .byte $00, $81, $00, $F6, $06, $54, $54
Column62:
    .byte $00, $81, $00, $F6, $07, $54, $54
Column63:
    .byte $00, $82, $00, $F6, $08, $54, $54
Column64:
    .byte $F2, $51, $00, $F1, $51, $00, $00, $01, $54, $54
Column65:
    .byte $F1, $C2, $51, $00, $F1, $51, $00, $01, $03, $54, $54
Column66:
    .byte $F1, $C2, $51, $00, $F1, $C0, $04, $03, $05, $54, $54
Column67:
    .byte $F2, $51, $00, $F1, $51, $00, $02, $03, $54, $54
Column68:
    .byte $F1, $80, $00, $F5, $02, $54, $54
Column69:
    .byte $F9, $07, $54, $54
Column70:
    .byte $F9, $08, $54, $54
Column71:
    .byte $F2, $82, $00, $F4, $61, $54, $54
Column72:
    .byte $F8, $61, $61, $54, $54
Column73:
    .byte $F7, $61, $F1, $54, $54
Column74:
    .byte $F6, $61, $F2, $54, $54
Column75:
    .byte $F4, $C2, $00, $F5
Column76:
    .byte $00, $80, $00, $F4, $61, $F1, $54, $54
Column77:
    .byte $00, $81, $00, $F5, $61, $61, $54, $54
Column78:
    .byte $00, $81, $00, $F6, $61, $54, $54
Column79:
    .byte $F7, $01, $03, $03, $54, $54
Column80:
    .byte $F6, $04, $03, $05, $03, $54, $54
Column81:
    .byte $F6, $C0, $02, $03, $03, $54, $54
Column82:
    .byte $F2, $80, $00, $F1, $C0, $00, $F1, $54, $54
Column83:
    .byte $F2, $C0, $00, $F1, $51, $00, $F1, $54, $54
Column84:
    .byte $F2, $82, $00, $F1, $C0, $00, $F1, $54, $54
Column85:
    .byte $00, $80, $00, $F6, $07, $54, $54
Column86:
    .byte $00, $81, $00, $F6, $08, $54, $54
Column87:
    .byte $F5, $51, $00, $F4
Column88:
    .byte $F1, $82, $00, $F5, $61, $54, $54
Column89:
    .byte $00, $80, $00, $F6, $01, $54, $54
Column90:
    .byte $00, $81, $00, $F5, $01, $03, $54, $54
Column91:
    .byte $00, $81, $00, $F4, $04, $03, $05, $54, $54
Column92:
    .byte $00, $81, $00, $F5, $02, $03, $54, $54
Column93:
    .byte $00, $82, $00, $F6, $02, $54, $54
Column94:
    .byte $F8, $12, $14, $54, $54
Column95:
    .byte $F2, $80, $00, $F2, $0A, $0B, $40, $54, $54
Column96:
    .byte $F2, $81, $00, $F2, $12, $14, $14, $54, $54
Column97:
    .byte $F2, $82, $00, $F2, $13, $15, $15, $54, $54
Column98:
    .byte $F3, $C2, $00, $F6
Column99:
    .byte $F9, $61, $54, $54
Column100:
    .byte $F1, $80, $00, $F2, $61, $F2, $54, $54
Column101:
    .byte $F1, $81, $00, $F1, $61, $F3, $54, $54
Column102:
    .byte $F1, $82, $00, $00, $61, $F4, $54, $54
Column103:
    .byte $F3, $61, $F5, $54, $54
Column104:
    .byte $00, $80, $00, $F4, $0A, $0B, $40, $54, $54
Column105:
    .byte $00, $81, $00, $F6, $46, $54, $54
Column106:
    .byte $00, $24, $25, $F6, $61, $54, $54
Column107:
    .byte $F1, $80, $00, $F5, $08, $54, $54
Column108:
    .byte $F1, $82, $00, $F3, $43, $41, $41, $54, $54
Column109:
    .byte $F6, $43, $45, $42, $41, $54, $54
Column110:
    .byte $F6, $45, $45, $4E, $4F, $54, $54
Column111:
    .byte $F6, $44, $45, $42, $41, $54, $54
Column112:
    .byte $F7, $44, $41, $41, $54, $54
Column113:
    .byte $00, $82, $00, $F4, $01, $03, $03, $54, $54
Column114:
    .byte $F7, $02, $03, $03, $54, $54
