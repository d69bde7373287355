// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC7913WebAuthnVerifier} from "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol";

/// @title Checks passkey signatures (WebAuthn over P-256) for ERC-7913 signers. Stateless; one deployment serves everyone.
contract WebAuthnVerifier is ERC7913WebAuthnVerifier {}
