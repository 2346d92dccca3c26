; Made by LevelTool from levels/*.txt; build.sh makes it anew. README.md describes the format.

StagePointers:                  ; of the five areas of each world
    .byte $20, $21, $40, $23, $60, $24, $26, $00, $28, $61
AreaKinds:                      ; first area of each kind
    .byte $00, $01, $0A, $0B
AreaLow:
    .byte <Area_2_2, <Area_1_1, <Area_1_2_introduction, <Area_1_2_exit, <Area_1_3, <Area_2_1, <Area_2_1_heaven, <Area_2_2_introduction
    .byte <Area_2_2_exit, <Area_2_3, <Area_1_2, <Area_1_4, <Area_2_4
AreaHigh:
    .byte >Area_2_2, >Area_1_1, >Area_1_2_introduction, >Area_1_2_exit, >Area_1_3, >Area_2_1, >Area_2_1_heaven, >Area_2_2_introduction
    .byte >Area_2_2_exit, >Area_2_3, >Area_1_2, >Area_1_4, >Area_2_4

Area_2_2:                         ; Water, 11 pages, 15 objects, 21 different columns
    .byte $50, 4, $04, 11, 5
    .addr Area_2_2_columns, Area_2_2_low, Area_2_2_high, Area_2_2_objects, Area_2_2_loops
Area_2_2_columns:
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $01, $02, $00, $00, $00, $00
    .byte $00, $00, $03, $00, $00, $04, $04, $04, $00, $00, $00, $05, $00, $00, $00, $00
    .byte $00, $06, $06, $06, $06, $00, $00, $00, $00, $07, $08, $08, $08, $07, $00, $00
    .byte $00, $00, $09, $09, $09, $09, $00, $00, $00, $05, $0A, $0A, $0A, $00, $0B, $0B
    .byte $0B, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $07, $0C, $0C
    .byte $0C, $0C, $07, $07, $00, $00, $0D, $0D, $0D, $00, $00, $00, $0E, $0E, $0E, $00
    .byte $00, $00, $03, $04, $04, $04, $00, $00, $0F, $0F, $0F, $0F, $0F, $0F, $00, $00
    .byte $00, $05, $00, $00, $00, $00, $00, $08, $08, $08, $08, $07, $00, $00, $00, $00
    .byte $09, $09, $09, $09, $00, $00, $00, $10, $10, $10, $00, $00, $11, $11, $11, $00
    .byte $00, $00, $00, $03, $00, $00, $00, $00, $0D, $0D, $0D, $0D, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $12, $13, $13, $13, $14, $14, $14, $14, $14, $14
Area_2_2_low:
    .byte <Column0, <Column1, <Column2, <Column3, <Column4, <Column5, <Column6, <Column7
    .byte <Column8, <Column9, <Column10, <Column11, <Column12, <Column13, <Column14, <Column15
    .byte <Column16, <Column17, <Column18, <Column19, <Column20
Area_2_2_high:
    .byte >Column0, >Column1, >Column2, >Column3, >Column4, >Column5, >Column6, >Column7
    .byte >Column8, >Column9, >Column10, >Column11, >Column12, >Column13, >Column14, >Column15
    .byte >Column16, >Column17, >Column18, >Column19, >Column20
Area_2_2_objects:
    .byte $1A, $04, $07
    .byte $1E, $07, $0A
    .byte $26, $09, $0A
    .byte $2F, $05, $07
    .byte $38, $04, $0B
    .byte $44, $07, $0A
    .byte $48, $03, $07
    .byte $52, $06, $0B
    .byte $60, $08, $0A
    .byte $6B, $03, $07
    .byte $6F, $09, $0A
    .byte $7A, $05, $0B
    .byte $82, $00, $A7
    .byte $8C, $08, $07
    .byte $92, $06, $0A
    .byte $9E, $04, $07
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
    .byte <Column21, <Column22, <Column23, <Column24, <Column25, <Column26, <Column27, <Column28
    .byte <Column29, <Column30, <Column31, <Column32, <Column33, <Column34, <Column35, <Column36
    .byte <Column37, <Column38, <Column39, <Column40, <Column41, <Column42, <Column43, <Column44
    .byte <Column45, <Column46, <Column47, <Column48, <Column49, <Column50, <Column51, <Column52
    .byte <Column53, <Column54, <Column55, <Column56, <Column57, <Column58, <Column59, <Column60
    .byte <Column61, <Column62, <Column63, <Column64, <Column65, <Column66, <Column67, <Column68
    .byte <Column69, <Column70, <Column71, <Column72, <Column73, <Column74, <Column75, <Column76
    .byte <Column77, <Column78, <Column79, <Column80, <Column81, <Column82, <Column83, <Column84
    .byte <Column85, <Column86, <Column87, <Column88, <Column89, <Column90, <Column91, <Column92
    .byte <Column93, <Column94, <Column95, <Column96, <Column97, <Column98, <Column99, <Column100
    .byte <Column101, <Column102, <Column103, <Column104, <Column105, <Column106, <Column107, <Column108
    .byte <Column109, <Column110, <Column111, <Column112, <Column113, <Column114, <Column115, <Column116
    .byte <Column117, <Column118, <Column119, <Column120, <Column121, <Column122, <Column123, <Column124
    .byte <Column125, <Column126, <Column127, <Column128, <Column129, <Column130, <Column131, <Column132
    .byte <Column133, <Column134, <Column135
Area_1_1_high:
    .byte >Column21, >Column22, >Column23, >Column24, >Column25, >Column26, >Column27, >Column28
    .byte >Column29, >Column30, >Column31, >Column32, >Column33, >Column34, >Column35, >Column36
    .byte >Column37, >Column38, >Column39, >Column40, >Column41, >Column42, >Column43, >Column44
    .byte >Column45, >Column46, >Column47, >Column48, >Column49, >Column50, >Column51, >Column52
    .byte >Column53, >Column54, >Column55, >Column56, >Column57, >Column58, >Column59, >Column60
    .byte >Column61, >Column62, >Column63, >Column64, >Column65, >Column66, >Column67, >Column68
    .byte >Column69, >Column70, >Column71, >Column72, >Column73, >Column74, >Column75, >Column76
    .byte >Column77, >Column78, >Column79, >Column80, >Column81, >Column82, >Column83, >Column84
    .byte >Column85, >Column86, >Column87, >Column88, >Column89, >Column90, >Column91, >Column92
    .byte >Column93, >Column94, >Column95, >Column96, >Column97, >Column98, >Column99, >Column100
    .byte >Column101, >Column102, >Column103, >Column104, >Column105, >Column106, >Column107, >Column108
    .byte >Column109, >Column110, >Column111, >Column112, >Column113, >Column114, >Column115, >Column116
    .byte >Column117, >Column118, >Column119, >Column120, >Column121, >Column122, >Column123, >Column124
    .byte >Column125, >Column126, >Column127, >Column128, >Column129, >Column130, >Column131, >Column132
    .byte >Column133, >Column134, >Column135
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

Area_1_2_introduction:                         ; Ground, 2 pages, 0 objects, 18 different columns
    .byte $B0, 0, $44, 2, 0
    .addr Area_1_2_introduction_columns, Area_1_2_introduction_low, Area_1_2_introduction_high, Area_1_2_introduction_objects, Area_1_2_introduction_loops
Area_1_2_introduction_columns:
    .byte $00, $00, $00, $01, $02, $03, $04, $05, $06, $00, $00, $07, $08, $09, $0A, $0B
    .byte $0C, $0D, $0E, $00, $0F, $10, $10, $11, $00, $00, $00, $00, $00, $00, $00, $00
Area_1_2_introduction_low:
    .byte <Column21, <Column22, <Column26, <Column136, <Column137, <Column138, <Column139, <Column140
    .byte <Column141, <Column142, <Column143, <Column37, <Column38, <Column55, <Column35, <Column41
    .byte <Column90, <Column91
Area_1_2_introduction_high:
    .byte >Column21, >Column22, >Column26, >Column136, >Column137, >Column138, >Column139, >Column140
    .byte >Column141, >Column142, >Column143, >Column37, >Column38, >Column55, >Column35, >Column41
    .byte >Column90, >Column91
Area_1_2_introduction_objects:
    .byte $FF
Area_1_2_introduction_loops:
    .byte $FF

Area_1_2_exit:                         ; Ground, 4 pages, 0 objects, 38 different columns
    .byte $B0, 0, $04, 4, 0
    .addr Area_1_2_exit_columns, Area_1_2_exit_low, Area_1_2_exit_high, Area_1_2_exit_objects, Area_1_2_exit_loops
Area_1_2_exit_columns:
    .byte $00, $00, $00, $01, $02, $00, $03, $04, $05, $06, $07, $08, $00, $00, $09, $00
    .byte $00, $0A, $0B, $0C, $0D, $0E, $0F, $10, $11, $12, $13, $13, $00, $00, $03, $14
    .byte $15, $16, $00, $00, $17, $00, $18, $19, $1A, $00, $00, $1B, $1C, $1D, $1E, $1F
    .byte $0A, $0B, $0B, $0C, $20, $00, $21, $22, $23, $24, $25, $07, $08, $00, $00, $00
Area_1_2_exit_low:
    .byte <Column21, <Column115, <Column40, <Column23, <Column144, <Column145, <Column146, <Column29
    .byte <Column30, <Column36, <Column37, <Column38, <Column55, <Column120, <Column93, <Column94
    .byte <Column95, <Column147, <Column148, <Column124, <Column24, <Column149, <Column150, <Column127
    .byte <Column41, <Column90, <Column91, <Column151, <Column130, <Column131, <Column132, <Column133
    .byte <Column35, <Column26, <Column27, <Column152, <Column153, <Column154
Area_1_2_exit_high:
    .byte >Column21, >Column115, >Column40, >Column23, >Column144, >Column145, >Column146, >Column29
    .byte >Column30, >Column36, >Column37, >Column38, >Column55, >Column120, >Column93, >Column94
    .byte >Column95, >Column147, >Column148, >Column124, >Column24, >Column149, >Column150, >Column127
    .byte >Column41, >Column90, >Column91, >Column151, >Column130, >Column131, >Column132, >Column133
    .byte >Column35, >Column26, >Column27, >Column152, >Column153, >Column154
Area_1_2_exit_objects:
    .byte $FF
Area_1_2_exit_loops:
    .byte $FF

Area_1_3:                         ; Ground, 13 pages, 13 objects, 78 different columns
    .byte $B0, 5, $04, 13, 6
    .addr Area_1_3_columns, Area_1_3_low, Area_1_3_high, Area_1_3_objects, Area_1_3_loops
Area_1_3_columns:
    .byte $00, $00, $01, $02, $03, $04, $05, $06, $07, $00, $00, $00, $08, $09, $0A, $00
    .byte $0B, $0B, $0C, $0D, $0D, $0E, $0B, $0F, $10, $11, $11, $10, $12, $0B, $13, $14
    .byte $14, $15, $0C, $0D, $0D, $16, $0E, $0B, $0B, $0F, $17, $17, $18, $12, $0B, $0B
    .byte $19, $1A, $1B, $1C, $0B, $0B, $0B, $0B, $0B, $0B, $1D, $1E, $1F, $20, $21, $21
    .byte $20, $22, $0B, $0C, $0D, $0D, $0E, $0B, $0F, $17, $12, $0B, $23, $24, $25, $0B
    .byte $26, $27, $28, $28, $29, $2A, $2B, $2C, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0B
    .byte $0B, $0B, $0F, $10, $10, $11, $11, $10, $18, $12, $0B, $0B, $2D, $1B, $1B, $2E
    .byte $1E, $2F, $0D, $0D, $16, $0E, $0B, $0F, $17, $17, $12, $30, $31, $31, $31, $31
    .byte $31, $32, $0B, $33, $34, $34, $35, $22, $0B, $26, $28, $28, $36, $1E, $37, $38
    .byte $39, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0B, $0F, $18, $17
    .byte $17, $18, $12, $0B, $2D, $3A, $3A, $1C, $3B, $3C, $3D, $28, $3E, $0B, $00, $00
    .byte $00, $3F, $40, $41, $42, $43, $00, $00, $00, $00, $44, $44, $00, $00, $45, $00
    .byte $46, $47, $48, $00, $08, $49, $4A, $4B, $4C, $4D, $00, $00, $00, $00, $00, $00
Area_1_3_low:
    .byte <Column21, <Column22, <Column23, <Column144, <Column145, <Column146, <Column29, <Column30
    .byte <Column37, <Column38, <Column55, <Column69, <Column155, <Column156, <Column157, <Column158
    .byte <Column159, <Column160, <Column161, <Column162, <Column163, <Column164, <Column165, <Column166
    .byte <Column167, <Column168, <Column169, <Column170, <Column171, <Column172, <Column173, <Column174
    .byte <Column175, <Column176, <Column177, <Column178, <Column179, <Column180, <Column181, <Column182
    .byte <Column183, <Column184, <Column185, <Column186, <Column187, <Column188, <Column189, <Column190
    .byte <Column191, <Column192, <Column193, <Column194, <Column195, <Column196, <Column197, <Column198
    .byte <Column199, <Column200, <Column201, <Column202, <Column203, <Column204, <Column205, <Column120
    .byte <Column93, <Column94, <Column95, <Column147, <Column150, <Column127, <Column41, <Column90
    .byte <Column91, <Column206, <Column207, <Column208, <Column132, <Column133
Area_1_3_high:
    .byte >Column21, >Column22, >Column23, >Column144, >Column145, >Column146, >Column29, >Column30
    .byte >Column37, >Column38, >Column55, >Column69, >Column155, >Column156, >Column157, >Column158
    .byte >Column159, >Column160, >Column161, >Column162, >Column163, >Column164, >Column165, >Column166
    .byte >Column167, >Column168, >Column169, >Column170, >Column171, >Column172, >Column173, >Column174
    .byte >Column175, >Column176, >Column177, >Column178, >Column179, >Column180, >Column181, >Column182
    .byte >Column183, >Column184, >Column185, >Column186, >Column187, >Column188, >Column189, >Column190
    .byte >Column191, >Column192, >Column193, >Column194, >Column195, >Column196, >Column197, >Column198
    .byte >Column199, >Column200, >Column201, >Column202, >Column203, >Column204, >Column205, >Column120
    .byte >Column93, >Column94, >Column95, >Column147, >Column150, >Column127, >Column41, >Column90
    .byte >Column91, >Column206, >Column207, >Column208, >Column132, >Column133
Area_1_3_objects:
    .byte $25, $09, $00
    .byte $2C, $07, $06
    .byte $36, $07, $25
    .byte $40, $06, $03
    .byte $55, $08, $0E
    .byte $5A, $08, $28
    .byte $67, $07, $03
    .byte $7B, $08, $24
    .byte $7F, $08, $24
    .byte $86, $04, $0F
    .byte $93, $08, $29
    .byte $98, $07, $29
    .byte $A1, $07, $00
    .byte $FF
Area_1_3_loops:
    .byte $FF

Area_2_1:                         ; Ground, 13 pages, 19 objects, 70 different columns
    .byte $B0, 0, $04, 13, 6
    .addr Area_2_1_columns, Area_2_1_low, Area_2_1_high, Area_2_1_objects, Area_2_1_loops
Area_2_1_columns:
    .byte $00, $00, $01, $00, $02, $03, $04, $05, $06, $07, $08, $00, $00, $00, $09, $0A
    .byte $0A, $0B, $0C, $0D, $0E, $00, $00, $00, $00, $00, $00, $00, $00, $0F, $10, $00
    .byte $00, $00, $11, $00, $00, $00, $12, $12, $00, $13, $14, $14, $14, $15, $16, $16
    .byte $00, $00, $00, $00, $00, $17, $18, $19, $00, $16, $16, $1A, $16, $1B, $03, $1C
    .byte $1D, $1E, $00, $12, $12, $12, $00, $00, $16, $00, $1F, $20, $21, $22, $0A, $0A
    .byte $23, $00, $00, $00, $24, $25, $00, $00, $26, $00, $27, $28, $00, $29, $29, $29
    .byte $2A, $16, $0C, $20, $0E, $2B, $00, $00, $12, $12, $12, $00, $02, $03, $04, $2C
    .byte $2D, $1D, $1E, $00, $16, $1A, $2E, $1A, $16, $00, $00, $00, $2F, $30, $30, $31
    .byte $18, $19, $32, $33, $34, $34, $35, $12, $32, $19, $18, $17, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $0F, $10, $00, $00, $16, $16, $00, $00, $00, $00, $00, $12
    .byte $36, $37, $38, $16, $1B, $39, $3A, $1D, $1E, $00, $00, $00, $17, $18, $19, $32
    .byte $3B, $3C, $3D, $3D, $00, $00, $00, $00, $33, $20, $3E, $3F, $00, $00, $40, $00
    .byte $09, $0A, $23, $00, $13, $41, $42, $43, $44, $45, $00, $11, $00, $00, $00, $00
Area_2_1_low:
    .byte <Column21, <Column22, <Column26, <Column27, <Column152, <Column209, <Column210, <Column138
    .byte <Column139, <Column41, <Column90, <Column211, <Column212, <Column213, <Column55, <Column214
    .byte <Column215, <Column35, <Column69, <Column23, <Column24, <Column216, <Column70, <Column120
    .byte <Column93, <Column94, <Column45, <Column217, <Column218, <Column29, <Column30, <Column219
    .byte <Column38, <Column220, <Column221, <Column91, <Column115, <Column40, <Column222, <Column57
    .byte <Column58, <Column64, <Column223, <Column36, <Column153, <Column154, <Column224, <Column225
    .byte <Column226, <Column227, <Column95, <Column37, <Column173, <Column228, <Column202, <Column229
    .byte <Column25, <Column230, <Column231, <Column147, <Column148, <Column124, <Column232, <Column150
    .byte <Column127, <Column233, <Column234, <Column235, <Column132, <Column133
Area_2_1_high:
    .byte >Column21, >Column22, >Column26, >Column27, >Column152, >Column209, >Column210, >Column138
    .byte >Column139, >Column41, >Column90, >Column211, >Column212, >Column213, >Column55, >Column214
    .byte >Column215, >Column35, >Column69, >Column23, >Column24, >Column216, >Column70, >Column120
    .byte >Column93, >Column94, >Column45, >Column217, >Column218, >Column29, >Column30, >Column219
    .byte >Column38, >Column220, >Column221, >Column91, >Column115, >Column40, >Column222, >Column57
    .byte >Column58, >Column64, >Column223, >Column36, >Column153, >Column154, >Column224, >Column225
    .byte >Column226, >Column227, >Column95, >Column37, >Column173, >Column228, >Column202, >Column229
    .byte >Column25, >Column230, >Column231, >Column147, >Column148, >Column124, >Column232, >Column150
    .byte >Column127, >Column233, >Column234, >Column235, >Column132, >Column133
Area_2_1_objects:
    .byte $16, $0A, $06
    .byte $1A, $0A, $00
    .byte $1D, $08, $0D
    .byte $2B, $0A, $0E
    .byte $32, $0A, $00
    .byte $3C, $00, $A5
    .byte $3C, $0A, $05
    .byte $4F, $0A, $06
    .byte $51, $0A, $06
    .byte $54, $09, $0D
    .byte $58, $0A, $32
    .byte $62, $06, $05
    .byte $70, $0A, $0E
    .byte $78, $0A, $02
    .byte $8F, $0A, $06
    .byte $91, $0A, $06
    .byte $94, $08, $0D
    .byte $9B, $0A, $00
    .byte $A5, $06, $05
    .byte $A8, $0A, $05
    .byte $FF
Area_2_1_loops:
    .byte $FF

Area_2_1_heaven:                         ; Ground, 4 pages, 0 objects, 14 different columns
    .byte $B0, 6, $84, 4, 0
    .addr Area_2_1_heaven_columns, Area_2_1_heaven_low, Area_2_1_heaven_high, Area_2_1_heaven_objects, Area_2_1_heaven_loops
Area_2_1_heaven_columns:
    .byte $00, $00, $00, $01, $02, $02, $02, $02, $03, $03, $03, $03, $04, $05, $05, $06
    .byte $02, $02, $02, $00, $00, $07, $08, $08, $08, $08, $08, $08, $08, $08, $07, $00
    .byte $00, $09, $0A, $0A, $0A, $0A, $0A, $0A, $0B, $0C, $0D, $02, $03, $03, $03, $03
    .byte $03, $03, $03, $03, $02, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_1_heaven_low:
    .byte <Column69, <Column236, <Column237, <Column238, <Column239, <Column240, <Column241, <Column242
    .byte <Column243, <Column244, <Column245, <Column246, <Column173, <Column228
Area_2_1_heaven_high:
    .byte >Column69, >Column236, >Column237, >Column238, >Column239, >Column240, >Column241, >Column242
    .byte >Column243, >Column244, >Column245, >Column246, >Column173, >Column228
Area_2_1_heaven_objects:
    .byte $00, $09, $A4
    .byte $FF
Area_2_1_heaven_loops:
    .byte $FF

Area_2_2_introduction:                         ; Ground, 2 pages, 0 objects, 18 different columns
    .byte $B0, 5, $44, 2, 0
    .addr Area_2_2_introduction_columns, Area_2_2_introduction_low, Area_2_2_introduction_high, Area_2_2_introduction_objects, Area_2_2_introduction_loops
Area_2_2_introduction_columns:
    .byte $00, $00, $00, $01, $02, $03, $04, $05, $06, $00, $00, $07, $08, $09, $0A, $0B
    .byte $0C, $0D, $0E, $00, $0F, $10, $10, $11, $00, $00, $00, $00, $00, $00, $00, $00
Area_2_2_introduction_low:
    .byte <Column21, <Column22, <Column26, <Column136, <Column137, <Column138, <Column139, <Column140
    .byte <Column141, <Column142, <Column143, <Column37, <Column38, <Column55, <Column35, <Column41
    .byte <Column90, <Column91
Area_2_2_introduction_high:
    .byte >Column21, >Column22, >Column26, >Column136, >Column137, >Column138, >Column139, >Column140
    .byte >Column141, >Column142, >Column143, >Column37, >Column38, >Column55, >Column35, >Column41
    .byte >Column90, >Column91
Area_2_2_introduction_objects:
    .byte $FF
Area_2_2_introduction_loops:
    .byte $FF

Area_2_2_exit:                         ; Ground, 4 pages, 0 objects, 38 different columns
    .byte $B0, 0, $04, 4, 0
    .addr Area_2_2_exit_columns, Area_2_2_exit_low, Area_2_2_exit_high, Area_2_2_exit_objects, Area_2_2_exit_loops
Area_2_2_exit_columns:
    .byte $00, $00, $00, $01, $02, $00, $03, $04, $05, $06, $07, $08, $00, $00, $09, $00
    .byte $00, $0A, $0B, $0C, $0D, $0E, $0F, $10, $11, $12, $13, $13, $00, $00, $03, $14
    .byte $15, $16, $00, $00, $17, $00, $18, $19, $1A, $00, $00, $1B, $1C, $1D, $1E, $1F
    .byte $0A, $0B, $0B, $0C, $20, $00, $21, $22, $23, $24, $25, $07, $08, $00, $00, $00
Area_2_2_exit_low:
    .byte <Column21, <Column115, <Column40, <Column23, <Column144, <Column145, <Column146, <Column29
    .byte <Column30, <Column36, <Column37, <Column38, <Column55, <Column120, <Column93, <Column94
    .byte <Column95, <Column147, <Column148, <Column124, <Column24, <Column149, <Column150, <Column127
    .byte <Column41, <Column90, <Column91, <Column151, <Column130, <Column131, <Column132, <Column133
    .byte <Column35, <Column26, <Column27, <Column152, <Column153, <Column154
Area_2_2_exit_high:
    .byte >Column21, >Column115, >Column40, >Column23, >Column144, >Column145, >Column146, >Column29
    .byte >Column30, >Column36, >Column37, >Column38, >Column55, >Column120, >Column93, >Column94
    .byte >Column95, >Column147, >Column148, >Column124, >Column24, >Column149, >Column150, >Column127
    .byte >Column41, >Column90, >Column91, >Column151, >Column130, >Column131, >Column132, >Column133
    .byte >Column35, >Column26, >Column27, >Column152, >Column153, >Column154
Area_2_2_exit_objects:
    .byte $FF
Area_2_2_exit_loops:
    .byte $FF

Area_2_3:                         ; Ground, 13 pages, 19 objects, 52 different columns
    .byte $B0, 0, $04, 13, 6
    .addr Area_2_3_columns, Area_2_3_low, Area_2_3_high, Area_2_3_objects, Area_2_3_loops
Area_2_3_columns:
    .byte $00, $00, $01, $02, $03, $04, $05, $06, $07, $08, $09, $0A, $00, $0B, $0B, $0B
    .byte $0B, $0B, $0B, $0B, $0C, $0D, $0D, $0E, $0F, $0B, $0B, $0B, $10, $10, $10, $10
    .byte $0B, $0B, $0B, $0F, $0F, $11, $12, $13, $12, $11, $11, $0F, $0F, $0B, $14, $15
    .byte $16, $0B, $0B, $0B, $00, $00, $17, $00, $00, $00, $00, $18, $00, $0B, $0B, $0B
    .byte $10, $10, $10, $10, $10, $0B, $0C, $0D, $0D, $19, $0E, $1A, $1B, $1B, $1B, $1B
    .byte $1A, $0F, $0F, $11, $11, $11, $11, $11, $11, $0F, $0F, $0B, $0B, $0B, $0B, $0B
    .byte $14, $15, $15, $16, $00, $00, $1C, $1D, $1E, $1F, $20, $00, $00, $00, $00, $21
    .byte $00, $1A, $1A, $1A, $1A, $1A, $1A, $1A, $22, $23, $24, $1A, $1A, $1A, $1A, $1A
    .byte $1A, $0F, $0F, $25, $26, $26, $26, $26, $26, $0F, $0F, $0B, $0B, $0B, $0B, $0B
    .byte $0B, $0B, $0B, $0B, $0C, $0D, $08, $27, $00, $00, $00, $18, $00, $00, $00, $0B
    .byte $0B, $0B, $0B, $0B, $0B, $0B, $0F, $0F, $0B, $0B, $14, $15, $16, $0B, $0B, $0B
    .byte $0B, $0B, $00, $00, $28, $0A, $29, $2A, $2B, $00, $00, $00, $2C, $2C, $00, $00
    .byte $2D, $00, $1C, $1D, $2E, $00, $07, $2F, $30, $31, $32, $33, $00, $00, $00, $00
Area_2_3_low:
    .byte <Column21, <Column22, <Column26, <Column27, <Column218, <Column29, <Column30, <Column23
    .byte <Column24, <Column109, <Column93, <Column247, <Column248, <Column249, <Column250, <Column251
    .byte <Column252, <Column253, <Column254, <Column255, <Column256, <Column257, <Column258, <Column36
    .byte <Column259, <Column260, <Column261, <Column262, <Column41, <Column90, <Column42, <Column263
    .byte <Column70, <Column264, <Column265, <Column266, <Column267, <Column268, <Column269, <Column25
    .byte <Column120, <Column94, <Column95, <Column147, <Column150, <Column127, <Column91, <Column233
    .byte <Column270, <Column131, <Column132, <Column133
Area_2_3_high:
    .byte >Column21, >Column22, >Column26, >Column27, >Column218, >Column29, >Column30, >Column23
    .byte >Column24, >Column109, >Column93, >Column247, >Column248, >Column249, >Column250, >Column251
    .byte >Column252, >Column253, >Column254, >Column255, >Column256, >Column257, >Column258, >Column36
    .byte >Column259, >Column260, >Column261, >Column262, >Column41, >Column90, >Column42, >Column263
    .byte >Column70, >Column264, >Column265, >Column266, >Column267, >Column268, >Column269, >Column25
    .byte >Column120, >Column94, >Column95, >Column147, >Column150, >Column127, >Column91, >Column233
    .byte >Column270, >Column131, >Column132, >Column133
Area_2_3_objects:
    .byte $10, $20, $17
    .byte $21, $08, $00
    .byte $32, $00, $17
    .byte $39, $0A, $06
    .byte $3B, $09, $33
    .byte $46, $08, $03
    .byte $4A, $20, $17
    .byte $62, $00, $17
    .byte $6B, $0A, $0E
    .byte $6F, $08, $33
    .byte $76, $20, $17
    .byte $7F, $07, $00
    .byte $92, $08, $00
    .byte $95, $00, $17
    .byte $98, $0A, $06
    .byte $9B, $09, $33
    .byte $A0, $20, $17
    .byte $AF, $08, $03
    .byte $B0, $00, $17
    .byte $FF
Area_2_3_loops:
    .byte $FF

Area_1_2:                         ; Underground, 12 pages, 20 objects, 36 different columns
    .byte $20, 2, $04, 12, 6
    .addr Area_1_2_columns, Area_1_2_low, Area_1_2_high, Area_1_2_objects, Area_1_2_loops
Area_1_2_columns:
    .byte $00, $01, $01, $01, $02, $02, $02, $02, $03, $03, $04, $03, $02, $02, $02, $02
    .byte $02, $02, $02, $02, $02, $02, $05, $02, $06, $02, $07, $02, $08, $02, $07, $02
    .byte $06, $02, $02, $02, $09, $0A, $0A, $0A, $0A, $09, $02, $02, $0B, $0B, $0B, $0B
    .byte $0C, $0C, $0C, $0D, $0E, $0A, $0A, $0A, $0F, $0D, $02, $02, $10, $10, $10, $02
    .byte $11, $12, $12, $12, $12, $12, $12, $11, $02, $02, $02, $02, $0C, $0C, $0C, $02
    .byte $13, $14, $02, $15, $15, $02, $16, $17, $02, $02, $02, $02, $13, $14, $02, $02
    .byte $02, $18, $18, $03, $18, $18, $02, $02, $02, $02, $0C, $0C, $0C, $0C, $02, $02
    .byte $02, $19, $19, $1A, $1A, $1B, $1C, $1D, $1D, $02, $02, $02, $02, $02, $02, $02
    .byte $0C, $0C, $0C, $0C, $0C, $0C, $0C, $0C, $02, $02, $05, $02, $1E, $1F, $1F, $1F
    .byte $1F, $1F, $1F, $1E, $02, $02, $02, $02, $13, $14, $02, $02, $02, $02, $05, $06
    .byte $07, $08, $08, $02, $02, $02, $0D, $20, $0D, $0D, $02, $02, $02, $02, $02, $02
    .byte $02, $02, $02, $02, $21, $22, $23, $23, $00, $00, $00, $00, $00, $00, $00, $00
Area_1_2_low:
    .byte <Column271, <Column21, <Column272, <Column273, <Column274, <Column275, <Column276, <Column277
    .byte <Column278, <Column279, <Column280, <Column281, <Column282, <Column283, <Column284, <Column285
    .byte <Column286, <Column287, <Column288, <Column289, <Column290, <Column291, <Column292, <Column293
    .byte <Column294, <Column295, <Column296, <Column297, <Column298, <Column299, <Column300, <Column301
    .byte <Column302, <Column303, <Column304, <Column305
Area_1_2_high:
    .byte >Column271, >Column21, >Column272, >Column273, >Column274, >Column275, >Column276, >Column277
    .byte >Column278, >Column279, >Column280, >Column281, >Column282, >Column283, >Column284, >Column285
    .byte >Column286, >Column287, >Column288, >Column289, >Column290, >Column291, >Column292, >Column293
    .byte >Column294, >Column295, >Column296, >Column297, >Column298, >Column299, >Column300, >Column301
    .byte >Column302, >Column303, >Column304, >Column305
Area_1_2_objects:
    .byte $10, $0A, $06
    .byte $12, $0A, $06
    .byte $28, $0A, $00
    .byte $38, $0A, $06
    .byte $3A, $0A, $06
    .byte $44, $06, $00
    .byte $48, $0A, $06
    .byte $50, $09, $0D
    .byte $56, $08, $0D
    .byte $5A, $0A, $06
    .byte $65, $0A, $03
    .byte $67, $0A, $06
    .byte $7C, $0A, $02
    .byte $81, $09, $26
    .byte $85, $05, $27
    .byte $92, $0A, $06
    .byte $95, $0A, $00
    .byte $96, $00, $A2
    .byte $98, $09, $0D
    .byte $AA, $0A, $02
    .byte $AC, $0A, $06
    .byte $FF
Area_1_2_loops:
    .byte $FF

Area_1_4:                         ; Castle, 10 pages, 6 objects, 15 different columns
    .byte $60, 3, $03, 10, 0
    .addr Area_1_4_columns, Area_1_4_low, Area_1_4_high, Area_1_4_objects, Area_1_4_loops
Area_1_4_columns:
    .byte $00, $00, $00, $00, $00, $01, $01, $01, $01, $01, $02, $02, $02, $02, $03, $03
    .byte $03, $03, $02, $02, $04, $02, $02, $02, $02, $05, $05, $04, $06, $06, $07, $07
    .byte $07, $07, $07, $07, $06, $07, $07, $07, $07, $07, $07, $07, $07, $07, $02, $02
    .byte $02, $02, $02, $05, $02, $02, $02, $02, $03, $03, $03, $01, $01, $01, $01, $03
    .byte $03, $03, $00, $00, $00, $00, $02, $02, $02, $02, $04, $02, $02, $02, $03, $08
    .byte $08, $03, $02, $02, $09, $02, $02, $02, $02, $05, $05, $04, $06, $06, $07, $07
    .byte $07, $07, $07, $07, $06, $07, $07, $07, $07, $07, $07, $07, $07, $07, $02, $02
    .byte $02, $02, $02, $04, $02, $02, $02, $02, $02, $05, $02, $02, $0A, $0A, $0B, $0B
    .byte $0C, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0E, $0C, $0C
    .byte $02, $02, $02, $02, $02, $02, $02, $02, $02, $02, $02, $02, $02, $02, $02, $02
Area_1_4_low:
    .byte <Column306, <Column307, <Column308, <Column309, <Column310, <Column311, <Column312, <Column313
    .byte <Column314, <Column315, <Column316, <Column317, <Column318, <Column319, <Column320
Area_1_4_high:
    .byte >Column306, >Column307, >Column308, >Column309, >Column310, >Column311, >Column312, >Column313
    .byte >Column314, >Column315, >Column316, >Column317, >Column318, >Column319, >Column320
Area_1_4_objects:
    .byte $14, $07, $1B
    .byte $33, $08, $1B
    .byte $4A, $07, $1B
    .byte $73, $07, $1B
    .byte $79, $08, $1D
    .byte $9D, $0A, $35
    .byte $FF
Area_1_4_loops:
    .byte $07, $60, $01
    .byte $FF

Area_2_4:                         ; Castle, 13 pages, 19 objects, 15 different columns
    .byte $60, 3, $03, 13, 6
    .addr Area_2_4_columns, Area_2_4_low, Area_2_4_high, Area_2_4_objects, Area_2_4_loops
Area_2_4_columns:
    .byte $00, $00, $00, $00, $00, $01, $01, $01, $01, $02, $01, $03, $01, $04, $04, $04
    .byte $04, $04, $04, $04, $04, $04, $04, $01, $01, $05, $01, $06, $06, $06, $06, $06
    .byte $06, $07, $06, $06, $06, $06, $06, $01, $01, $01, $01, $03, $01, $01, $01, $01
    .byte $08, $08, $08, $09, $09, $09, $09, $08, $08, $08, $00, $00, $0A, $00, $00, $01
    .byte $01, $01, $03, $01, $01, $0B, $01, $01, $01, $02, $01, $03, $01, $04, $04, $04
    .byte $04, $04, $04, $04, $04, $04, $04, $01, $01, $05, $01, $06, $06, $06, $06, $06
    .byte $06, $07, $06, $06, $06, $06, $06, $01, $01, $01, $01, $03, $01, $01, $01, $01
    .byte $08, $08, $08, $08, $09, $09, $0C, $09, $09, $08, $08, $08, $08, $01, $01, $01
    .byte $01, $03, $01, $01, $01, $01, $01, $01, $03, $01, $01, $01, $08, $08, $08, $08
    .byte $09, $09, $09, $0C, $09, $09, $09, $08, $08, $08, $08, $01, $01, $01, $01, $01
    .byte $03, $01, $01, $01, $01, $01, $05, $01, $01, $01, $00, $00, $00, $00, $00, $00
    .byte $00, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0D, $0E, $00, $00
    .byte $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01
Area_2_4_low:
    .byte <Column306, <Column308, <Column321, <Column310, <Column322, <Column311, <Column313, <Column312
    .byte <Column309, <Column307, <Column323, <Column324, <Column325, <Column326, <Column327
Area_2_4_high:
    .byte >Column306, >Column308, >Column321, >Column310, >Column322, >Column311, >Column313, >Column312
    .byte >Column309, >Column307, >Column323, >Column324, >Column325, >Column326, >Column327
Area_2_4_objects:
    .byte $2B, $07, $1B
    .byte $31, $0C, $0C
    .byte $38, $0C, $0C
    .byte $3C, $05, $1B
    .byte $42, $07, $1F
    .byte $6B, $07, $1B
    .byte $71, $0C, $0C
    .byte $76, $06, $1D
    .byte $7A, $0C, $0C
    .byte $81, $07, $1B
    .byte $86, $0A, $02
    .byte $88, $07, $1D
    .byte $93, $06, $1F
    .byte $96, $30, $17
    .byte $A0, $07, $1B
    .byte $A6, $08, $1B
    .byte $BA, $08, $2D
    .byte $BC, $00, $17
    .byte $CD, $0A, $35
    .byte $FF
Area_2_4_loops:
    .byte $06, $50, $02
    .byte $07, $B0, $02
    .byte $FF

; Columns: metatiles from the top; $F0-$FC is the one before (at first air) 1-13 times more.
Column0:
    .byte $86, $00, $F8, $69, $69
Column1:
    .byte $86, $00, $F7, $69, $F1
Column2:
    .byte $86, $00, $F6, $69, $F2
Column3:
    .byte $86, $00, $F5, $22, $F1, $69, $69
Column4:
    .byte $86, $00, $F1, $C2, $00, $F4, $69, $69
Column5:
    .byte $86, $00, $F6, $22, $22, $69, $69
Column6:
    .byte $86, $00, $00, $C2, $00, $69, $69, $00, $F2, $69, $69
Column7:
    .byte $86, $00, $FA
Column8:
    .byte $86, $00, $F6, $C2, $00, $F1
Column9:
    .byte $86, $00, $F5, $69, $F3
Column10:
    .byte $86, $00, $F3, $C2, $00, $F2, $69, $69
Column11:
    .byte $86, $69, $F3, $00, $F1, $69, $F2
Column12:
    .byte $86, $00, $F5, $C2, $00, $F2
Column13:
    .byte $86, $00, $F4, $69, $F4
Column14:
    .byte $86, $69, $F2, $00, $F4, $69, $69
Column15:
    .byte $86, $00, $F2, $69, $69, $00, $F2, $69, $69
Column16:
    .byte $86, $69, $F4, $00, $F2, $69, $69
Column17:
    .byte $86, $00, $F2, $C2, $00, $F3, $69, $69
Column18:
    .byte $86, $69, $F6, $1C, $1F, $69, $69
Column19:
    .byte $86, $69, $F6, $1D, $20, $69, $69
Column20:
    .byte $86, $69, $FA
Column21:
    .byte $FA, $54, $54
Column22:
    .byte $F9, $47, $54, $54
Column23:
    .byte $F1, $80, $00, $F6, $54, $54
Column24:
    .byte $F1, $81, $00, $F6, $54, $54
Column25:
    .byte $F1, $82, $00, $F6, $54, $54
Column26:
    .byte $F9, $01, $54, $54
Column27:
    .byte $F8, $01, $03, $54, $54
Column28:
    .byte $F7, $04, $03, $05, $54, $54
Column29:
    .byte $F8, $02, $03, $54, $54
Column30:
    .byte $F9, $02, $54, $54
Column31:
    .byte $F2, $80, $00, $F1, $C2, $00, $F1, $54, $54
Column32:
    .byte $F2, $81, $00, $F1, $C2, $00, $00, $06, $54, $54
Column33:
    .byte $F2, $81, $00, $F1, $C2, $00, $00, $07, $54, $54
Column34:
    .byte $F2, $82, $00, $F4, $08, $54, $54
Column35:
    .byte $F6, $0A, $0B, $0B, $40, $54, $54
Column36:
    .byte $F7, $0A, $0B, $40, $54, $54
Column37:
    .byte $00, $80, $00, $F7, $54, $54
Column38:
    .byte $00, $81, $00, $F7, $54, $54
Column39:
    .byte $00, $82, $00, $F5, $12, $14, $54, $54
Column40:
    .byte $F8, $13, $15, $54, $54
Column41:
    .byte $F9, $06, $54, $54
Column42:
    .byte $F6, $51, $00, $00, $07, $54, $54
Column43:
    .byte $F6, $C0, $00, $00, $07, $54, $54
Column44:
    .byte $F2, $C0, $00, $F1, $51, $00, $00, $08, $54, $54
Column45:
    .byte $F6, $C0, $00, $F1, $54, $54
Column46:
    .byte $F6, $51, $0A, $0B, $40, $54, $54
Column47:
    .byte $F1, $81, $00, $F5, $09, $54, $54
Column48:
    .byte $F1, $81, $00, $F3, $12, $14, $14, $54, $54
Column49:
    .byte $F1, $82, $00, $F3, $13, $15, $15, $54, $54
Column50:
    .byte $F5, $C2, $00, $01, $03, $03, $54, $54
Column51:
    .byte $F5, $C2, $04, $03, $05, $03, $54, $54
Column52:
    .byte $F5, $C2, $00, $02, $03, $03, $54, $54
Column53:
    .byte $00, $80, $00, $F2, $C2, $00, $00, $02, $03, $54, $54
Column54:
    .byte $00, $81, $00, $F6, $02, $54, $54
Column55:
    .byte $00, $82, $00, $F7, $54, $54
Column56:
    .byte $F9, $09, $54, $54
Column57:
    .byte $F6, $12, $14, $F1, $54, $54
Column58:
    .byte $F6, $13, $15, $F1, $54, $54
Column59:
    .byte $F2, $80, $00, $F1, $0A, $0B, $0B, $40, $54, $54
Column60:
    .byte $F2, $81, $00, $F1, $C0, $00, $F1, $54, $54
Column61:
    .byte $F2, $82, $00, $F4, $01, $54, $54
Column62:
    .byte $F2, $C2, $00, $F3, $04, $03, $54, $54
Column63:
    .byte $F2, $C2, $00, $F4, $02, $54, $54
Column64:
    .byte $F2, $C2, $00, $F5, $54, $54
Column65:
    .byte $00, $81, $00, $F3, $12, $14, $F1, $54, $54
Column66:
    .byte $00, $82, $00, $F3, $13, $15, $F1, $54, $54
Column67:
    .byte $F1, $80, $00, $F5, $07, $54, $54
Column68:
    .byte $F1, $81, $00, $F5, $08, $54, $54
Column69:
    .byte $FC
Column70:
    .byte $F6, $51, $00, $F1, $54, $54
Column71:
    .byte $00, $80, $00, $F3, $51, $00, $00, $01, $54, $54
Column72:
    .byte $00, $81, $00, $F3, $51, $00, $01, $03, $54, $54
Column73:
    .byte $00, $82, $00, $F3, $C0, $01, $03, $03, $54, $54
Column74:
    .byte $F6, $51, $03, $05, $03, $54, $54
Column75:
    .byte $F6, $51, $02, $03, $03, $54, $54
Column76:
    .byte $F6, $C2, $00, $02, $03, $54, $54
Column77:
    .byte $F2, $80, $00, $F5, $54, $54
Column78:
    .byte $F2, $81, $00, $F5, $54, $54
Column79:
    .byte $F2, $81, $00, $00, $C2, $00, $F4
Column80:
    .byte $F2, $82, $00, $00, $C2, $00, $F4
Column81:
    .byte $F5, $C2, $00, $F4
Column82:
    .byte $00, $81, $00, $F6, $06, $54, $54
Column83:
    .byte $00, $81, $00, $F6, $07, $54, $54
Column84:
    .byte $00, $82, $00, $F6, $08, $54, $54
Column85:
    .byte $F2, $51, $00, $F1, $51, $00, $00, $01, $54, $54
Column86:
    .byte $F1, $C2, $51, $00, $F1, $51, $00, $01, $03, $54, $54
Column87:
    .byte $F1, $C2, $51, $00, $F1, $C0, $04, $03, $05, $54, $54
Column88:
    .byte $F2, $51, $00, $F1, $51, $00, $02, $03, $54, $54
Column89:
    .byte $F1, $80, $00, $F5, $02, $54, $54
Column90:
    .byte $F9, $07, $54, $54
Column91:
    .byte $F9, $08, $54, $54
Column92:
    .byte $F2, $82, $00, $F4, $61, $54, $54
Column93:
    .byte $F8, $61, $61, $54, $54
Column94:
    .byte $F7, $61, $F1, $54, $54
Column95:
    .byte $F6, $61, $F2, $54, $54
Column96:
    .byte $F4, $C2, $00, $F5
Column97:
    .byte $00, $80, $00, $F4, $61, $F1, $54, $54
Column98:
    .byte $00, $81, $00, $F5, $61, $61, $54, $54
Column99:
    .byte $00, $81, $00, $F6, $61, $54, $54
Column100:
    .byte $F7, $01, $03, $03, $54, $54
Column101:
    .byte $F6, $04, $03, $05, $03, $54, $54
Column102:
    .byte $F6, $C0, $02, $03, $03, $54, $54
Column103:
    .byte $F2, $80, $00, $F1, $C0, $00, $F1, $54, $54
Column104:
    .byte $F2, $C0, $00, $F1, $51, $00, $F1, $54, $54
Column105:
    .byte $F2, $82, $00, $F1, $C0, $00, $F1, $54, $54
Column106:
    .byte $00, $80, $00, $F6, $07, $54, $54
Column107:
    .byte $00, $81, $00, $F6, $08, $54, $54
Column108:
    .byte $F5, $51, $00, $F4
Column109:
    .byte $F1, $82, $00, $F5, $61, $54, $54
Column110:
    .byte $00, $80, $00, $F6, $01, $54, $54
Column111:
    .byte $00, $81, $00, $F5, $01, $03, $54, $54
Column112:
    .byte $00, $81, $00, $F4, $04, $03, $05, $54, $54
Column113:
    .byte $00, $81, $00, $F5, $02, $03, $54, $54
Column114:
    .byte $00, $82, $00, $F6, $02, $54, $54
Column115:
    .byte $F8, $12, $14, $54, $54
Column116:
    .byte $F2, $80, $00, $F2, $0A, $0B, $40, $54, $54
Column117:
    .byte $F2, $81, $00, $F2, $12, $14, $14, $54, $54
Column118:
    .byte $F2, $82, $00, $F2, $13, $15, $15, $54, $54
Column119:
    .byte $F3, $C2, $00, $F6
Column120:
    .byte $F9, $61, $54, $54
Column121:
    .byte $F1, $80, $00, $F2, $61, $F2, $54, $54
Column122:
    .byte $F1, $81, $00, $F1, $61, $F3, $54, $54
Column123:
    .byte $F1, $82, $00, $00, $61, $F4, $54, $54
Column124:
    .byte $F3, $61, $F5, $54, $54
Column125:
    .byte $00, $80, $00, $F4, $0A, $0B, $40, $54, $54
Column126:
    .byte $00, $81, $00, $F6, $46, $54, $54
Column127:
    .byte $00, $24, $25, $F6, $61, $54, $54
Column128:
    .byte $F1, $80, $00, $F5, $08, $54, $54
Column129:
    .byte $F1, $82, $00, $F3, $43, $41, $41, $54, $54
Column130:
    .byte $F6, $43, $45, $42, $41, $54, $54
Column131:
    .byte $F6, $45, $45, $4E, $4F, $54, $54
Column132:
    .byte $F6, $44, $45, $42, $41, $54, $54
Column133:
    .byte $F7, $44, $41, $41, $54, $54
Column134:
    .byte $00, $82, $00, $F4, $01, $03, $03, $54, $54
Column135:
    .byte $F7, $02, $03, $03, $54, $54
Column136:
    .byte $F1, $80, $00, $F4, $01, $03, $54, $54
Column137:
    .byte $F1, $81, $00, $F3, $04, $03, $03, $54, $54
Column138:
    .byte $F1, $81, $00, $F4, $02, $03, $54, $54
Column139:
    .byte $F1, $82, $00, $F5, $02, $54, $54
Column140:
    .byte $F8, $1C, $1F, $54, $54
Column141:
    .byte $F8, $1D, $20, $54, $54
Column142:
    .byte $F3, $12, $14, $F2, $1E, $21, $54, $54
Column143:
    .byte $F3, $13, $15, $F4, $54, $54
Column144:
    .byte $F1, $81, $00, $F5, $01, $54, $54
Column145:
    .byte $F1, $81, $00, $F4, $01, $03, $54, $54
Column146:
    .byte $F1, $82, $00, $F3, $04, $03, $03, $54, $54
Column147:
    .byte $F5, $61, $F3, $54, $54
Column148:
    .byte $F4, $61, $F4, $54, $54
Column149:
    .byte $F1, $82, $00, $F5, $46, $54, $54
Column150:
    .byte $F9, $46, $54, $54
Column151:
    .byte $F7, $43, $41, $41, $54, $54
Column152:
    .byte $F7, $01, $05, $03, $54, $54
Column153:
    .byte $F6, $04, $03, $F1, $54, $54
Column154:
    .byte $F7, $02, $03, $05, $54, $54
Column155:
    .byte $F9, $16, $00, $00
Column156:
    .byte $F9, $17, $4C, $4C
Column157:
    .byte $F9, $18, $00, $00
Column158:
    .byte $F7, $16, $00, $F2
Column159:
    .byte $F4, $C2, $00, $00, $17, $00, $F2
Column160:
    .byte $F4, $C2, $00, $00, $17, $4C, $F2
Column161:
    .byte $F7, $18, $00, $F2
Column162:
    .byte $00, $80, $00, $F1, $16, $00, $F5
Column163:
    .byte $00, $81, $00, $C2, $00, $17, $4C, $F5
Column164:
    .byte $00, $82, $00, $F1, $18, $00, $F5
Column165:
    .byte $F9, $17, $00, $00
Column166:
    .byte $F7, $17, $4C, $F2
Column167:
    .byte $F7, $17, $00, $F2
Column168:
    .byte $F2, $C0, $00, $00, $16, $00, $F4
Column169:
    .byte $F2, $C1, $00, $00, $17, $4C, $F4
Column170:
    .byte $F5, $17, $4C, $F4
Column171:
    .byte $F5, $18, $00, $F4
Column172:
    .byte $00, $80, $00, $F9
Column173:
    .byte $00, $81, $00, $F9
Column174:
    .byte $00, $82, $00, $F3, $16, $00, $F3
Column175:
    .byte $F3, $C2, $00, $00, $17, $00, $F3
Column176:
    .byte $F3, $C2, $00, $00, $17, $4C, $F3
Column177:
    .byte $F6, $18, $00, $F3
Column178:
    .byte $F2, $C2, $00, $00, $16, $00, $F4
Column179:
    .byte $F2, $C2, $00, $00, $17, $4C, $F4
Column180:
    .byte $F2, $C2, $00, $00, $18, $00, $F4
Column181:
    .byte $F8, $16, $00, $F1
Column182:
    .byte $F8, $17, $00, $F1
Column183:
    .byte $F8, $17, $4C, $F1
Column184:
    .byte $F1, $80, $00, $F4, $17, $00, $F1
Column185:
    .byte $F1, $81, $00, $F4, $17, $00, $F1
Column186:
    .byte $F1, $81, $00, $F4, $18, $00, $F1
Column187:
    .byte $F1, $82, $00, $F8
Column188:
    .byte $F5, $16, $00, $F4
Column189:
    .byte $00, $80, $00, $F2, $18, $00, $F4
Column190:
    .byte $00, $82, $00, $F6, $16, $00, $00
Column191:
    .byte $16, $00, $FA
Column192:
    .byte $17, $00, $FA
Column193:
    .byte $18, $00, $FA
Column194:
    .byte $F6, $16, $00, $F3
Column195:
    .byte $F6, $17, $4C, $F3
Column196:
    .byte $F6, $17, $00, $F3
Column197:
    .byte $00, $80, $00, $F5, $18, $00, $F1
Column198:
    .byte $00, $81, $00, $00, $C2, $00, $00, $16, $00, $F3
Column199:
    .byte $00, $82, $00, $00, $C2, $00, $00, $17, $4C, $F3
Column200:
    .byte $F3, $C2, $00, $00, $18, $00, $F3
Column201:
    .byte $F2, $C0, $00, $00, $17, $4C, $F4
Column202:
    .byte $F1, $80, $00, $F8
Column203:
    .byte $F1, $81, $00, $F4, $16, $00, $F1
Column204:
    .byte $F1, $82, $00, $F4, $17, $4C, $F1
Column205:
    .byte $F8, $18, $00, $F1
Column206:
    .byte $00, $81, $00, $F4, $43, $41, $41, $54, $54
Column207:
    .byte $00, $81, $00, $F3, $43, $45, $42, $41, $54, $54
Column208:
    .byte $00, $82, $00, $F3, $45, $45, $4E, $4F, $54, $54
Column209:
    .byte $F1, $80, $00, $F2, $04, $03, $F1, $54, $54
Column210:
    .byte $F1, $81, $00, $F3, $02, $03, $05, $54, $54
Column211:
    .byte $F6, $C0, $00, $00, $08, $54, $54
Column212:
    .byte $00, $80, $00, $F3, $51, $00, $F1, $54, $54
Column213:
    .byte $00, $81, $00, $F3, $C1, $00, $F1, $54, $54
Column214:
    .byte $F7, $12, $14, $14, $54, $54
Column215:
    .byte $F7, $13, $15, $15, $54, $54
Column216:
    .byte $F1, $82, $00, $F2, $51, $00, $F1, $54, $54
Column217:
    .byte $F6, $51, $00, $00, $01, $54, $54
Column218:
    .byte $F7, $04, $03, $03, $54, $54
Column219:
    .byte $00, $80, $00, $F3, $56, $00, $F1, $54, $54
Column220:
    .byte $00, $81, $00, $F3, $51, $00, $F1, $54, $54
Column221:
    .byte $00, $82, $00, $F6, $06, $54, $54
Column222:
    .byte $F8, $67, $68, $54, $54
Column223:
    .byte $F2, $C2, $00, $F1, $51, $00, $F1, $54, $54
Column224:
    .byte $F6, $57, $00, $F1, $54, $54
Column225:
    .byte $F6, $C2, $00, $F1, $54, $54
Column226:
    .byte $F5, $C2, $00, $F2, $54, $54
Column227:
    .byte $F6, $C2, $00, $00, $61, $54, $54
Column228:
    .byte $00, $82, $00, $F9
Column229:
    .byte $F1, $81, $00, $F8
Column230:
    .byte $F6, $51, $00, $01, $03, $54, $54
Column231:
    .byte $F6, $51, $04, $03, $03, $54, $54
Column232:
    .byte $00, $82, $00, $F6, $46, $54, $54
Column233:
    .byte $F1, $81, $00, $F3, $43, $41, $41, $54, $54
Column234:
    .byte $F1, $81, $00, $F2, $43, $45, $42, $41, $54, $54
Column235:
    .byte $F1, $82, $00, $F2, $45, $45, $4E, $4F, $54, $54
Column236:
    .byte $F5, $26, $F5
Column237:
    .byte $F8, $88, $00, $F1
Column238:
    .byte $F5, $C2, $00, $00, $88, $00, $F1
Column239:
    .byte $F1, $80, $00, $F1, $C2, $00, $00, $88, $00, $F1
Column240:
    .byte $F1, $81, $00, $F1, $C2, $00, $00, $88, $00, $F1
Column241:
    .byte $F1, $82, $00, $F1, $C2, $00, $00, $88, $00, $F1
Column242:
    .byte $F7, $88, $00, $F2
Column243:
    .byte $F4, $C2, $00, $00, $88, $00, $F2
Column244:
    .byte $F5, $88, $00, $F4
Column245:
    .byte $F2, $C2, $00, $00, $88, $00, $F4
Column246:
    .byte $00, $80, $00, $F2, $88, $00, $F4
Column247:
    .byte $F7, $4B, $63, $00, $86, $87
Column248:
    .byte $F1, $80, $00, $F3, $4B, $63, $00, $86, $87
Column249:
    .byte $F1, $81, $00, $F3, $4B, $63, $00, $86, $87
Column250:
    .byte $F1, $82, $00, $F6, $86, $87
Column251:
    .byte $FA, $86, $87
Column252:
    .byte $F5, $C2, $00, $4B, $63, $00, $86, $87
Column253:
    .byte $F5, $4B, $63, $00, $F1, $86, $87
Column254:
    .byte $F3, $C0, $00, $4B, $63, $00, $F1, $86, $87
Column255:
    .byte $F3, $C1, $00, $4B, $63, $00, $F1, $86, $87
Column256:
    .byte $00, $80, $00, $F4, $4B, $63, $00, $86, $87
Column257:
    .byte $00, $81, $00, $F4, $4B, $63, $00, $86, $87
Column258:
    .byte $00, $82, $00, $F4, $4B, $63, $00, $86, $87
Column259:
    .byte $F8, $64, $65, $54, $54
Column260:
    .byte $F1, $81, $00, $F6, $86, $87
Column261:
    .byte $F6, $4B, $63, $00, $00, $86, $87
Column262:
    .byte $F4, $C2, $00, $4B, $63, $00, $00, $86, $87
Column263:
    .byte $F6, $57, $00, $00, $08, $54, $54
Column264:
    .byte $F7, $64, $65, $65, $54, $54
Column265:
    .byte $00, $80, $00, $F3, $4B, $63, $00, $00, $86, $87
Column266:
    .byte $00, $81, $00, $F7, $86, $87
Column267:
    .byte $00, $82, $00, $F7, $86, $87
Column268:
    .byte $F4, $4B, $63, $00, $F2, $86, $87
Column269:
    .byte $F2, $C2, $00, $4B, $63, $00, $F2, $86, $87
Column270:
    .byte $F1, $82, $00, $F2, $43, $45, $42, $41, $54, $54
Column271:
    .byte $52, $F9, $54, $54
Column272:
    .byte $52, $00, $F8, $54, $54
Column273:
    .byte $52, $00, $F4, $C0, $00, $F1, $54, $54
Column274:
    .byte $52, $00, $F4, $C1, $00, $F1, $54, $54
Column275:
    .byte $52, $00, $F7, $61, $54, $54
Column276:
    .byte $52, $00, $F6, $61, $61, $54, $54
Column277:
    .byte $52, $00, $F5, $61, $F1, $54, $54
Column278:
    .byte $52, $00, $F4, $61, $F2, $54, $54
Column279:
    .byte $52, $00, $F3, $52, $52, $00, $F1, $54, $54
Column280:
    .byte $52, $00, $F3, $C2, $52, $00, $F1, $54, $54
Column281:
    .byte $52, $F4, $00, $F3, $54, $54
Column282:
    .byte $52, $00, $FA
Column283:
    .byte $52, $00, $F4, $52, $00, $F1, $54, $54
Column284:
    .byte $52, $00, $F4, $58, $00, $F1, $54, $54
Column285:
    .byte $52, $00, $F4, $57, $00, $F1, $54, $54
Column286:
    .byte $52, $F5, $00, $00, $52, $52, $54, $54
Column287:
    .byte $52, $00, $F1, $52, $00, $00, $52, $00, $F1, $54, $54
Column288:
    .byte $52, $00, $00, $C2, $52, $00, $00, $52, $00, $F1, $54, $54
Column289:
    .byte $52, $00, $F6, $12, $14, $54, $54
Column290:
    .byte $52, $00, $F6, $13, $15, $54, $54
Column291:
    .byte $52, $00, $F4, $C2, $00, $F1, $54, $54
Column292:
    .byte $52, $00, $F5, $12, $14, $14, $54, $54
Column293:
    .byte $52, $00, $F5, $13, $15, $15, $54, $54
Column294:
    .byte $52, $00, $F4, $51, $00, $F1, $54, $54
Column295:
    .byte $52, $00, $F6, $52, $52, $54, $54
Column296:
    .byte $52, $00, $F3, $C2, $52, $F2, $54, $54
Column297:
    .byte $52, $00, $F3, $C2, $52, $52, $00, $00, $54, $54
Column298:
    .byte $52, $00, $F4, $52, $52, $00, $00, $54, $54
Column299:
    .byte $52, $F2, $00, $F1, $52, $52, $00, $00, $54, $54
Column300:
    .byte $52, $00, $F3, $52, $00, $F2, $54, $54
Column301:
    .byte $52, $00, $F2, $C2, $52, $00, $F2, $54, $54
Column302:
    .byte $52, $00, $F4, $59, $00, $F1, $54, $54
Column303:
    .byte $52, $F6, $00, $F1, $54, $54
Column304:
    .byte $52, $F6, $00, $1C, $1F, $54, $54
Column305:
    .byte $52, $F6, $00, $1D, $20, $54, $54
Column306:
    .byte $62, $62, $00, $F5, $62, $F2
Column307:
    .byte $62, $62, $00, $F6, $62, $F1
Column308:
    .byte $62, $62, $00, $F7, $62, $62
Column309:
    .byte $62, $62, $00, $F7, $86, $87
Column310:
    .byte $62, $62, $00, $F3, $C4, $00, $F1, $62, $62
Column311:
    .byte $62, $62, $00, $F4, $C4, $00, $00, $62, $62
Column312:
    .byte $62, $F1, $00, $F1, $62, $62, $00, $F1, $62, $62
Column313:
    .byte $62, $62, $00, $F2, $62, $62, $00, $F1, $62, $62
Column314:
    .byte $62, $62, $00, $F4, $C4, $00, $00, $86, $87
Column315:
    .byte $62, $62, $00, $F2, $C1, $00, $F2, $62, $62
Column316:
    .byte $62, $F2, $00, $F5, $62, $62
Column317:
    .byte $62, $F2, $00, $F3, $62, $F2
Column318:
    .byte $62, $F1, $00, $F4, $62, $F2
Column319:
    .byte $62, $F1, $00, $F4, $89, $00, $86, $87
Column320:
    .byte $62, $F1, $00, $F3, $C5, $62, $F2
Column321:
    .byte $62, $62, $00, $F5, $C4, $00, $62, $62
Column322:
    .byte $62, $62, $00, $F1, $62, $00, $F3, $62, $62
Column323:
    .byte $62, $62, $00, $F1, $C4, $00, $F1, $62, $F2
Column324:
    .byte $62, $62, $00, $F3, $C1, $00, $F1, $62, $62
Column325:
    .byte $62, $62, $00, $F2, $C4, $00, $F1, $62, $F1
Column326:
    .byte $62, $62, $00, $F5, $89, $00, $86, $87
Column327:
    .byte $62, $62, $00, $F4, $C5, $62, $F2
